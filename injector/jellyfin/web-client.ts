import type { PageName } from './anchors.ts';

/**
 * Calls of Jellyfin's web client to its server whose answers mods may hear first, by name: what the address ends in,
 * whatever its letter case. All of them go through `ajax` of `window.ApiClient`.
 * Source: `controllers/session/{login,resetPassword}/index.js` of jellyfin-web, 10.8.13 to 12.0.
 */
export const CLIENT_CALLS = {
  redeemPin: '/users/forgotpassword/pin',
  signIn: '/users/authenticatebyname',
} as const;

/** Name of a call of the web client. */
export type ClientCall = keyof typeof CLIENT_CALLS;

/**
 * How `Dashboard.navigate` is told to show a page. With `.html`, which all versions understand; without it 10.9 and
 * 10.10 wait for ever. Source: jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export const PAGE_ADDRESSES = {
  login: 'login.html',
  home: 'home.html',
  settings: 'mypreferencesmenu.html',
  search: 'search.html',
} as const satisfies { readonly [page in PageName]?: string };

/** A page of the web client that can be shown by its name alone. */
export type ReachablePage = keyof typeof PAGE_ADDRESSES;

/**
 * Our entry in `plugins` of Jellyfin's `config.json`, and the function on `window` that its plugin manager then looks for.
 * Source: `components/pluginManager.js` of jellyfin-web, 10.8.13 to 12.0.
 */
export const PLUGIN_ENTRY = 'gatehouse/plugin';

/**
 * True where Jellyfin's web client may show its dialogs by `window.alert`, in which markup would be read as such:
 * 10.8 to 10.10 do so on most televisions. True for some more, never for too few.
 * Source: `scripts/browser.js` (isTv) and `components/alert.js` of jellyfin-web 10.8.13 to 10.10.7.
 *
 * @param userAgent `navigator.userAgent`.
 */
export function mayAlertInPlainText(userAgent: string): boolean {
  return /tv|samsungbrowser|viera|web0s|netcast|tizen/i.test(userAgent);
}

/**
 * How a sign-in that Gatehouse holds back tells the web client so: Jellyfin's client hands the value of this header on
 * with a failed call, untouched, from 10.8 to 12.0. Behind the code stand the seconds to wait, 0 when waiting does not help.
 * Source: jellyfin-apiclient 1.10.0 and 1.11.0, `requestfail`; seen in the running clients.
 */
export const SIGN_IN_HELD = { header: 'X-Application-Error-Code', code: 'GatehouseSignInHeld-' } as const;

/** Seconds to wait, 0 when waiting does not help; undefined when the value says something else. */
export function readSignInHeld(errorCode: string | undefined): number | undefined {
  const seconds = /^GatehouseSignInHeld-(\d{1,9})$/.exec(errorCode ?? '')?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** Largest file of the web client that is kept or changed, in bytes; the largest that is used has 4.5 MB. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * What the tab shows while no page has a title of its own: this word up to 10.10, the server's name later (and this
 * word until the server has answered).
 * Source: `scripts/libraryMenu.js` of jellyfin-web, 10.8.13 to 12.0.
 */
export const DEFAULT_TITLE = 'Jellyfin';

/** The title in `index.html`. Source: jellyfin-web 10.8.13 to 12.0. */
export const TITLE_SELECTOR = 'head > title';
