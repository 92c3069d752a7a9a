/**
 * Where the page links icons, and where the client shows its own logo. What a version does not have matches nothing.
 * Source: `index.html` of jellyfin-web 10.8.13 to 12.0; `themes/…/theme.css`, `components/toolbar/ServerButton` and
 * `plugins/logoScreensaver` of the same, built.
 */
export const ICON_PLACES = {
  tab: 'head > link[rel="shortcut icon"], head > link[rel="icon"]',
  phone: 'head > link[rel="apple-touch-icon"]',
  tile: 'head > meta[name="msapplication-TileImage"]',
  /** Pictures of a whole screen with Jellyfin's logo in the middle, one for each size of screen; up to 10.10. */
  phoneStart: 'head > link[rel="apple-touch-startup-image"]',
  /** On the left of the bar where a page has no title; of all layouts but 12's modern one. */
  header: '.pageTitleWithDefaultLogo',
  /** Pictures of the sign alone: the server button of 12 (of the experimental layout before), the drawer of the dashboard, the screensaver. */
  signs: 'img[src*="icon-transparent."]',
  /** In the middle of the window until the client is there. */
  splash: '.splashLogo',
} as const;

/** Widths of the manifest's icons: those that Jellyfin's own has, and the one that Android asks for. */
export const MANIFEST_ICON_WIDTHS = ['72', '114', '144', '192', '512'] as const;
