import { PAGES } from './anchors.ts';

/** The page of the sign-in form; hidden copies of it stay in the document with the class `hide`. */
const PAGE = PAGES.login;

/**
 * What stands on the login page, as selectors for rules; the same on all versions and layouts.
 * Source: `controllers/session/login/index.html` of jellyfin-web 10.8.13 to 12.0.
 */
export const LOGIN_PAGE = {
  /** As high as the window, laid out as a block; themes colour what stands behind it. */
  page: PAGE,
  /** Holds the form, the list of people, the buttons and the disclaimer. */
  content: `${PAGE} > .padded-bottom-page`,
  /** "Please sign in", above the form and above the list of people. */
  headings: [`${PAGE} .manualLoginForm h1`, `${PAGE} .visualLoginForm h1`],
  /** The line the heading of the form stands in. */
  headingLine: `${PAGE} .manualLoginForm > .flex`,
  fields: `${PAGE} .inputContainer .emby-input`,
  quietLabels: `${PAGE} .inputLabelUnfocused`,
  submit: `${PAGE} .button-submit`,
} as const;

/** Something in the bar on top: as the old layout has it, and as the modern one of 12 does. */
export interface TopBarPart {
  /** Behind `.skinHeader`; empty for the whole bar. */
  readonly old: string;
  /** Behind `.MuiAppBar-root`. */
  readonly modern: string;
}

/** Parts of the bar on top. Source: `scripts/libraryMenu.js` and `components/toolbar` of jellyfin-web 10.8.13 to 12.0. */
export const TOP_BAR = {
  all: { old: '', modern: '' },
  /** Where a page without a title shows one. */
  logo: { old: ' .pageTitleWithDefaultLogo', modern: ' a[href="#/"] img' },
} as const satisfies Record<string, TopBarPart>;

/**
 * Rules that hide a part of the bar on top while the login page shows. Browsers without `:has` hide it on the few other
 * pages before signing in, too, which the client marks itself.
 */
export function hideInTopBar({ old, modern }: TopBarPart): string {
  const shown = `html:has(${PAGE}:not(.hide))`;
  return `.skinHeader.noHeaderRight${old} { visibility: hidden; }
@supports selector(html:has(a)) {
  .skinHeader.noHeaderRight${old} { visibility: visible; }
  ${shown} .skinHeader${old}, ${shown} .MuiAppBar-root${modern} { visibility: hidden; }
}`;
}

/**
 * The logo that shows while the client starts: an empty element with a background picture, another one from 992 px on, and
 * gone when the client begins to draw. Source: `index.html` of 10.8.13, `styles/site.scss` of 10.9 to 12.0.
 */
export const START_LOGO = '.splashLogo';

/**
 * The picture of the server behind the login page, where its splash screen is switched on; from 10.11 on.
 * Source: `scripts/autoBackdrops.js` and `components/backdrop/backdrop.js` of jellyfin-web 10.11.11 and 12.0.
 */
export const SPLASH_SCREEN = '.backdropImage[data-url*="/Branding/Splashscreen"]';
