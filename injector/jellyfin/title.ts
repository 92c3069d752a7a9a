/**
 * What the tab shows while no page has a title of its own: this word up to 10.10, the server's name later (and this
 * word until the server has answered).
 * Source: `scripts/libraryMenu.js` of jellyfin-web, 10.8.13 to 12.0.
 */
export const DEFAULT_TITLE = 'Jellyfin';

/** The title in `index.html`. Source: jellyfin-web 10.8.13 to 12.0. */
export const TITLE_SELECTOR = 'head > title';
