import { ANCHORS, type AnchorName, PAGES } from '../jellyfin/anchors.ts';
import { PAGE_ADDRESSES } from '../jellyfin/web-client.ts';
import type { Person } from '../kit/conditions.ts';
import { type CallWindow, createCalls } from './calls.ts';
import type { ClientContext, PluginDependencies, Undo } from './client-mod.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { type FramedWindow, isFramed, tellAddress } from './framed.ts';
import type { Languages } from './languages.ts';
import { createMemory } from './memory.ts';
import { createPages, insertMarked } from './pages.ts';
import { createPersons, type Persons } from './persons.ts';
import { createSession, type SessionWindow } from './session.ts';

/**
 * Address of something below `/gatehouse/`. The client stands at `<base>/web/` or `<base>/web/index.html`, and only the
 * browser knows what a proxy in front has stripped, so it is seen from there.
 *
 * @param page `location.href` of the client.
 * @param path Without a leading slash.
 */
export function gatehouseUrl(page: string, path: string): string {
  const { origin, pathname } = new URL(page);
  const end = pathname.toLowerCase().lastIndexOf('/web');
  return `${origin}${end === -1 ? '' : pathname.slice(0, end)}/gatehouse/${path}`;
}

/**
 * Resolves where a mod wants to lead people.
 *
 * @throws {TypeError} for anything but a page: `javascript:` would run with the person's session.
 */
export function pageUrl(page: string, target: string): string {
  const url = new URL(target, page);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError(`${url.protocol} is not a page`);
  return url.href;
}

/** What the language is read from. */
export interface LanguageSources {
  /** The client's own language, e.g. `de` or `pt-BR`; undefined until it is known. */
  readonly locale: () => string | undefined;
  readonly navigatorLanguage: string | undefined;
  readonly documentLanguage: string | undefined;
}

/** One text by language: tags in lower case, such as `de` or `pt-br`. */
type Texts = { readonly en: string; readonly [language: string]: string | undefined };

/** Finds the text in the person's own language: that of the client, else of the browser, else of the page. */
export function findText(
  translations: Texts,
  { locale, navigatorLanguage, documentLanguage }: LanguageSources,
): string | undefined {
  // Only the first that is known counts: somebody who set the client to Danish does not want the browser's French.
  const language = locale() || navigatorLanguage || documentLanguage || 'en';
  const tag = language.toLowerCase().replace(/_/g, '-');
  for (const wanted of [tag, tag.split('-', 1).join()]) {
    const text = translations[wanted];
    // A browser may say a language such as `constructor`.
    if (typeof text === 'string') return text;
  }
  return undefined;
}

/** Picks the text in the person's own language, else the English one. */
export function pickText(translations: Texts, sources: LanguageSources): string {
  const text = findText(translations, sources);
  return text === undefined ? translations.en : text;
}

/** Tells mods about presses before the client hears of them. */
export interface Presses {
  /** As `ClientContext.onPress`; `run` may not throw. */
  onPress(anchor: AnchorName, run: (press: { prevent(): void }) => void): void;
}

/**
 * One listener on the document, in the capture phase, so that it runs before the client's own on the element, and needs
 * none on elements that come and go. Mouse, touch, Enter, Space and remote controls all end in a click.
 */
export function createPresses(document: Document): Presses {
  const watchers: { readonly anchor: AnchorName; readonly run: (press: { prevent(): void }) => void }[] = [];
  document.addEventListener(
    'click',
    (event) => {
      const { target } = event;
      if (!(target instanceof Element)) return;
      const prevent = () => {
        event.preventDefault();
        // The client never looks whether the default was prevented, so its listeners must not run at all.
        event.stopImmediatePropagation();
      };
      for (const { anchor, run } of watchers) {
        const { selector, page } = ANCHORS[anchor];
        if (target.closest(selector)?.closest(PAGES[page])) run({ prevent });
      }
    },
    true,
  );
  return {
    onPress(anchor, run) {
      watchers.push({ anchor, run });
    },
  };
}

/** Makes the tools of each mod from the parts they share. */
export interface Contexts {
  /** @param person For whom the mod runs; left out: everybody. */
  createContext(mod: string, options: unknown, guard: ErrorBoundary, person?: Person): ClientContext<unknown>;
  /** Tells who uses the client. */
  readonly persons: Persons;
  /** As `ClientContext.text`. */
  pick: ClientContext<unknown>['text'];
  /** The same without English for everybody else. */
  find(translations: Texts): string | undefined;
}

/** What `window` has besides the standard: both are there on all versions once the client has started. */
interface ClientWindow {
  readonly ApiClient?: NonNullable<SessionWindow['ApiClient']> & NonNullable<CallWindow['ApiClient']>;
  readonly Dashboard?: NonNullable<FramedWindow['Dashboard']> & {
    readonly navigate?: (address: string) => unknown;
  };
}

/**
 * Sets up the listeners all mods share: one for pages, one for presses.
 *
 * @param parts As of `createPersons`.
 * @param languages Is told each language that a text is asked for in.
 */
export function createContexts(
  window: Window & ClientWindow,
  dependencies: PluginDependencies,
  parts: Parameters<typeof createPersons>[2],
  languages?: Languages,
): Contexts {
  const { document, location, navigator } = window;
  const session = createSession(window);
  const persons = createPersons(document, session, parts);
  const pages = createPages(document, session.personId);
  persons.onChange(pages.showAgain);
  const presses = createPresses(document);
  const calls = createCalls(window);
  const sources = (): LanguageSources => ({
    locale() {
      const locale = dependencies.globalize.getCurrentLocale();
      if (languages) languages.want(locale);
      return locale;
    },
    navigatorLanguage: navigator.language,
    documentLanguage: document.documentElement.lang,
  });
  const pick: Contexts['pick'] = (translations) => pickText(translations, sources());

  const showPage: ClientContext<unknown>['showPage'] = (name) =>
    void window.Dashboard?.navigate?.(PAGE_ADDRESSES[name]);

  // The client closes a dialog with the page it was opened on.
  let untold: string | undefined;
  const tellLater = () => {
    if (untold !== undefined) tellAddress(window, untold, pick);
    untold = undefined;
    return undefined;
  };
  if (isFramed(window)) pages.onPage(['login'], tellLater);

  return {
    pick,
    find: (translations) => findText(translations, sources()),
    persons,
    createContext: (mod, options, guard, person) => {
      const isOn = () => person === undefined || persons.is(person);
      const memory = createMemory(() => window.localStorage, mod, session.personId);
      return {
        options,
        dependencies,
        onPage: (names, run) => pages.onPage(names, guardPage(guard, run), isOn),
        onPress: (anchor, run) =>
          presses.onPress(
            anchor,
            guard((press) => isOn() && run(press)),
          ),
        onAnswer: (call, run) =>
          calls.onAnswer(
            call,
            guard((answer) => isOn() && run(answer)),
          ),
        find: (anchor, inside) => Array.from(inside.querySelectorAll<HTMLElement>(ANCHORS[anchor].selector)),
        insertOnce: (parent, name, make, before) => insertMarked(parent, `${mod}/${name}`, make, before),
        text: pick,
        serverName: session.serverName,
        personId: session.personId,
        ask: session.ask,
        recall: memory.recall,
        remember: memory.remember,
        toast: (words) => dependencies.toast?.(words),
        gatehouseUrl: (path) => gatehouseUrl(location.href, path),
        showPage,
        leaveTo(url, how) {
          if (isFramed(window)) {
            const shown = pageUrl(location.href, how?.elsewhere ?? url);
            if (how?.replace !== true) return tellAddress(window, shown, pick);
            untold = shown;
            return showPage('login');
          }
          const address = pageUrl(location.href, url);
          if (how?.replace === true) location.replace(address);
          else location.assign(address);
        },
        isFramed: isFramed(window),
        guard,
      };
    },
  };
}

function guardPage(
  guard: ErrorBoundary,
  run: (page: HTMLElement) => Undo | undefined,
): (page: HTMLElement) => Undo | undefined {
  return (page) => {
    let undo: Undo | undefined;
    guard(() => {
      undo = run(page);
    })();
    return undo === undefined ? undefined : guard(undo);
  };
}
