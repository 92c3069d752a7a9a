import type { JellyfinMinor } from './versions.ts';

/**
 * Pages of Jellyfin's web client: how to recognise the element that `viewshow` names.
 * Detected by id or class, never by address (addresses differ by version).
 * Source: jellyfin-web 10.8.13 to 12.0, seen in the running clients.
 */
export const PAGES = {
  login: '#loginPage',
  forgotPassword: '#forgotPasswordPage',
  forgotPasswordPin: '.forgotPasswordPinPage',
  home: '#indexPage',
  movies: '#moviesPage',
  shows: '#tvRecommendedPage',
  settings: '#myPreferencesMenuPage',
  details: '#itemDetailPage',
  video: '#videoOsdPage',
  search: '#searchPage',
  userProfile: '#userProfilePage',
} as const;

/** Name of a page of Jellyfin's web client. */
export type PageName = keyof typeof PAGES;

/** A place in a page, there once: its selector, and the page it stands on. */
export interface Anchor {
  readonly page: PageName;
  readonly selector: string;
  /** Only on these lines of Jellyfin; absent: on all. */
  readonly only?: readonly JellyfinMinor[];
}

/** Every selector any mod uses, by name. */
export const ANCHORS = {
  forgotPasswordButton: { page: 'login', selector: '.btnForgotPassword' },
  loginName: { page: 'login', selector: '#txtManualName' },
  loginForm: { page: 'login', selector: '.manualLoginForm' },
  detailLogo: { page: 'details', selector: '.detailLogo' },
  detailName: { page: 'details', selector: '.nameContainer' },
  // What is in it is written anew again and again; foreign children of its parent stay.
  homeSections: { page: 'home', selector: '#homeTab > .sections' },
  /** Holds the buttons below the form, and the disclaimer. */
  loginButtons: { page: 'login', selector: '.readOnlyContent' },
  /** 10.8 calls it differently. */
  loginDisclaimer: { page: 'login', selector: '.loginDisclaimerContainer, .disclaimerContainer' },
  /** Beside the picture, in a column with the client's own buttons for it; on 10.8 it comes after the page shows. */
  profileName: { page: 'userProfile', selector: '.username' },
} as const satisfies Record<string, Anchor>;

/** Name of a place in a page. */
export type AnchorName = keyof typeof ANCHORS;
