import { PAGES, type PageName } from '../jellyfin/anchors.ts';
import type { Undo } from './client-mod.ts';

const MARK = 'data-gatehouse';

/** What the client itself marks pages with. Source: jellyfin-web 10.8.13 to 12.0. */
const EVERY_PAGE = '.page, [data-role="page"]';

/** Adds an element marked `<mod>/<name>` before a child of `parent`, or as its last, unless `parent` has it already. */
export function insertMarked(
  parent: Element,
  mark: string,
  make: () => HTMLElement,
  before: Element | null = null,
): void {
  for (let child = parent.firstElementChild; child !== null; child = child.nextElementSibling) {
    if (child.getAttribute(MARK) === mark) return;
  }
  const element = make();
  element.setAttribute(MARK, mark);
  parent.insertBefore(element, before);
}

/** Removes everything mods have inserted, in hidden pages too: the client keeps those and shows them to the next person. */
export function removeMarked(inside: ParentNode): void {
  for (const element of Array.from(inside.querySelectorAll(`[${MARK}]`)))
    element.parentNode?.removeChild(element);
}

/** Tells mods which page shows. */
export interface Pages {
  /**
   * As `ClientContext.onPage`; neither `run` nor what it returns may throw.
   *
   * @param isOn Asked at each page; where it says no, the page is passed over. @default always
   */
  onPage(
    names: readonly PageName[] | 'every',
    run: (page: HTMLElement) => Undo | undefined,
    isOn?: () => boolean,
  ): void;
  /** Shows the page that shows already to those that were off when it came. */
  showAgain(): void;
}

/**
 * Listens to the client's page events: `viewshow` comes for every page, kept or new, on all versions, where leaving
 * one is not always told. So things are taken back when the next page shows; and when the person has changed by
 * then, everything that was inserted for the one before is removed first.
 * Source: jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export function createPages(document: Document, personId: () => string | undefined): Pages {
  const watchers: { readonly selectors: readonly string[]; readonly run: (page: HTMLElement) => void }[] = [];
  let undos: Undo[] = [];
  let passedOver: (() => void)[] = [];
  let person = personId();

  document.addEventListener('viewshow', ({ target }) => {
    const before = undos;
    undos = [];
    passedOver = [];
    for (const undo of before) undo();
    const current = personId();
    if (current !== person) removeMarked(document);
    person = current;
    if (target instanceof HTMLElement) for (const { run } of watchers) run(target);
  });

  return {
    onPage(names, run, isOn = () => true) {
      const selectors = names === 'every' ? [EVERY_PAGE] : names.map((name) => PAGES[name]);
      const watcher = {
        selectors,
        run(page: HTMLElement) {
          if (!selectors.some((selector) => page.matches(selector))) return;
          if (!isOn()) {
            passedOver.push(() => watcher.run(page));
            return;
          }
          const undo = run(page);
          if (undo !== undefined) undos.push(undo);
        },
      };
      watchers.push(watcher);
      for (const page of Array.from(document.querySelectorAll<HTMLElement>(selectors.join()))) {
        if (!page.classList.contains('hide')) watcher.run(page);
      }
    },
    showAgain() {
      const again = passedOver;
      passedOver = [];
      for (const run of again) run();
    },
  };
}
