import type { IncomingMessage } from 'node:http';

/** How a tab wants the web client: bare, as Jellyfin has it, or with what is for previews only. */
export type TabMode = 'off' | 'preview';

/** Longest address that is looked at. */
const MAX_LENGTH = 4_000;

const WISH = /[?&]gatehouse=(off|preview)(?=[&#]|$)/;

/**
 * What a tab was opened with: `?gatehouse=off` or `?gatehouse=preview` behind the client's address. The page itself says so in
 * its address; what it asks for afterwards says which page it is asked by, since `tellTab` lets it.
 *
 * @param isPage Whether the page itself is asked for.
 * Source: the router of jellyfin-web 10.8 to 12.0 changes only what is behind the `#`, so a tab keeps what is before it.
 */
export function tabModeOf(
  { url = '', headers: { referer = '' } }: IncomingMessage,
  isPage: boolean,
): TabMode | undefined {
  const address = isPage ? url : referer;
  if (!address.includes('gatehouse=')) return undefined;
  return WISH.exec(address.slice(0, MAX_LENGTH))?.[1] as TabMode | undefined;
}

/** What keeps the page's address from its own server. Source: `index.html` of jellyfin-web 10.8.13 to 12.0, and as built. */
const KEPT_TO_ITSELF = '<meta name="referrer" content="no-referrer">';

/**
 * The page of such a tab, which says in what it asks for that it is one: it tells its address to its own origin, and to no
 * other. A page without that line does so by itself.
 *
 * Source: Referrer Policy sections 3.2 (`same-origin`) and 4.2 (the page's own word counts).
 */
export function tellTab(page: Buffer): Buffer {
  const place = page.indexOf(KEPT_TO_ITSELF);
  if (place === -1) return page;
  const told = Buffer.from(KEPT_TO_ITSELF.replace('no-referrer', 'same-origin'));
  return Buffer.concat([page.subarray(0, place), told, page.subarray(place + KEPT_TO_ITSELF.length)]);
}
