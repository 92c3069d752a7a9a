import type { RunClient } from '../../client/client-mod.ts';
import { PAGES } from '../../jellyfin/anchors.ts';
import { HEADER } from '../../jellyfin/header.ts';
import { TV_LAYOUT } from '../../jellyfin/looks.ts';
import { leadOut, makeLink, takeOut } from '../../kit/elements.client.ts';
import type { HomeTabOptions } from './mod.ts';
import { elsewhere } from './texts.json';

const ENTRY = 'home-tab-entry';
const OPEN = 'home-tab-open';

/** Puts the entry beside the favourites, and shows the page below the bar until something else of the client is chosen. */
export const run: RunClient<HomeTabOptions> = (context) => {
  const { options, onPage, insertOnce, text, personId, isFramed, guard } = context;
  const { url, icon, isFrame } = options;
  // A remote control does not find its way out of a frame.
  if (document.documentElement.classList.contains(TV_LAYOUT) || isFramed) return;
  const root = document.documentElement;
  let panel: HTMLElement | undefined;

  function close(): void {
    takeOut(panel);
    panel = undefined;
    root.classList.remove(OPEN);
  }

  function linkTo(words: string): HTMLAnchorElement {
    const link = makeLink(url, context);
    link.textContent = words;
    return link;
  }

  function place(): void {
    const bars = Array.prototype.slice.call(document.querySelectorAll(HEADER.bars)) as Element[];
    const bottoms = bars.map((bar) => bar.getBoundingClientRect().bottom);
    if (panel !== undefined) panel.style.top = `${Math.max.apply(null, bottoms.concat(0))}px`;
  }

  function show(): void {
    close();
    const made = document.createElement('div');
    made.className = 'home-tab-panel';
    made.appendChild(document.createElement('p')).appendChild(linkTo(text(elsewhere)));
    const frame = document.createElement('iframe');
    frame.title = text(options.name);
    frame.setAttribute('referrerpolicy', 'no-referrer');
    frame.setAttribute('allow', 'fullscreen');
    frame.src = url;
    made.appendChild(frame);
    panel = made;
    insertOnce(document.body, 'panel', () => made);
    root.classList.add(OPEN);
    place();
  }

  const act = guard((event: Event) => {
    const { target } = event;
    const entry = target instanceof Element ? target.closest(`.${ENTRY}`) : null;
    if (entry === null) {
      if (target instanceof Element && target.closest(`${HEADER.bars}, ${HEADER.modernDrawer}`)) close();
      return;
    }
    if (!isFrame) return;
    event.preventDefault();
    // The client would look for a tab of its own by that number; its drawer is to hear of the press, and close.
    if (entry.closest(HEADER.oldTabs) !== null) event.stopImmediatePropagation();
    show();
  });
  document.addEventListener('click', act, true);
  window.addEventListener('popstate', guard(close));
  window.addEventListener('resize', guard(place));

  function makeTab(): HTMLElement {
    // Not a tab among the client's siblings, or a swipe would choose it.
    const around = document.createElement('span');
    around.className = ENTRY;
    const tab = isFrame ? document.createElement('button') : linkTo('');
    tab.className = `${HEADER.tabClass} emby-button`;
    if (tab instanceof HTMLButtonElement) tab.type = 'button';
    const words = tab.appendChild(document.createElement('div'));
    words.className = HEADER.tabWordsClass;
    words.textContent = text(options.name);
    around.appendChild(tab);
    return around;
  }

  /** The favourites' own entry with another picture, other words and another address. */
  function makeEntry(like: Element): HTMLElement {
    const entry = like.cloneNode(true) as HTMLElement;
    entry.classList.add(ENTRY);
    const link = (entry.matches('a') ? entry : entry.querySelector('a')) as HTMLAnchorElement;
    const picture = link.querySelector(HEADER.modernIcon);
    const words = link.querySelector(HEADER.modernDrawerWords);
    const sign = document.createElement('span');
    sign.className = 'material-icons notranslate';
    sign.setAttribute('aria-hidden', 'true');
    sign.textContent = icon;
    if (picture !== null) {
      picture.textContent = '';
      picture.appendChild(sign);
    }
    link.textContent = '';
    if (picture !== null) link.appendChild(picture);
    if (words === null) link.appendChild(document.createTextNode(text(options.name)));
    else {
      (words.firstElementChild ?? words).textContent = text(options.name);
      link.appendChild(words);
    }
    if (isFrame) link.href = url;
    else leadOut(link, url);
    return entry;
  }

  onPage('every', (page) => {
    close();
    if (personId() === undefined) return undefined;
    const tabs = page.matches(PAGES.home) ? document.querySelector(HEADER.oldTabs) : null;
    const bar = document.querySelector(HEADER.modernBar);
    const insert = guard(() => {
      const row = tabs?.querySelector(HEADER.oldTabRow);
      if (row) insertOnce(row, 'tab', makeTab);
      const inBar = bar?.querySelector(HEADER.modernFavorites);
      if (inBar?.parentElement)
        insertOnce(inBar.parentElement, 'bar', () => makeEntry(inBar), inBar.nextElementSibling);
      const item = document.querySelector(`${HEADER.modernDrawer} ${HEADER.modernFavorites}`)?.parentElement;
      if (item?.parentElement)
        insertOnce(item.parentElement, 'drawer', () => makeEntry(item), item.nextElementSibling);
    });
    insert();
    // Both rows are drawn late, and anew.
    const observer = new MutationObserver(insert);
    for (const part of [tabs, bar])
      if (part !== null) observer.observe(part, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      close();
    };
  });
};
