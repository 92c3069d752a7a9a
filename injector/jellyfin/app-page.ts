/**
 * Where the page says what the web client is called and looks like as an app. What a version does not have matches nothing.
 * Source: `index.html` of jellyfin-web 10.8.13 to 12.0.
 */
export const APP_PAGE = {
  /** What browsers call a page that is pinned; on all versions. */
  name: 'head > meta[name="application-name"]',
  /** What previews of links show; 10.8 only. */
  preview: 'head > meta[property="og:title"], head > meta[property="og:site_name"]',
  previewDescription: 'head > meta[property="og:description"]',
  /**
   * Colour of the bar around the page: the client writes that of the theme into it whenever the theme changes. Of two in a
   * page, browsers take the first. Source: `scripts/themeManager.js` of jellyfin-web 10.8.13 to 12.0; HTML, section 4.2.5.1.
   */
  themeColor: 'head > meta#themeColor',
} as const;

/** A second one, before the client's. */
export const OWN_THEME_COLOR = {
  selector: 'head > meta[name="theme-color"]:not([id])',
  name: 'theme-color',
} as const;

/** What an iPhone writes below the icon; no version has one, so that the title stands there. */
export const APPLE_NAME = {
  selector: 'head > meta[name="apple-mobile-web-app-title"]',
  name: 'apple-mobile-web-app-title',
} as const;
