import type { IncomingMessage } from 'node:http';

/** How a tab wants the web client: bare, as Jellyfin has it, or with what is for previews only. */
export type TabMode = 'off' | 'preview';

/** Longest address that is looked at. */
const MAX_LENGTH = 4_000;

const WISH = /[?&]gatehouse=(off|preview)(?=[&#]|$)/;

/**
 * What a tab was opened with: `?gatehouse=off` or `?gatehouse=preview` behind the client's address. The page itself says so in
 * its address; what it asks for afterwards says which page it is asked by.
 *
 * @param isPage Whether the page itself is asked for.
 * Source: the router of jellyfin-web 10.8 to 12.0 changes only what is behind the `#`, so a tab keeps what is before it;
 * Referrer Policy section 8.4 (a page names its whole address to its own origin).
 */
export function tabModeOf(
  { url = '', headers: { referer = '' } }: IncomingMessage,
  isPage: boolean,
): TabMode | undefined {
  const address = isPage ? url : referer;
  if (!address.includes('gatehouse=')) return undefined;
  return WISH.exec(address.slice(0, MAX_LENGTH))?.[1] as TabMode | undefined;
}
