import type { JellyfinMinor } from './versions.ts';

/** A part of the web client that somebody may not want to see. */
export interface ClientPart {
  /** What it is, for people; ends without a full stop. */
  readonly what: string;
  /** Where it was read. */
  readonly source: string;
  /** Only on these lines of Jellyfin; absent: on all. */
  readonly only?: readonly JellyfinMinor[];
  /** Matches it wherever it is drawn. */
  readonly selectors: readonly string[];
  /** The page that must show, where the same place belongs to other pages too. */
  readonly page?: 'movies' | 'shows';
}

const MENU = 'controllers/user/menu/index.html (10.8 to 10.10), apps/*/routes/user/settings (10.11, 12)';
const BAR = 'scripts/libraryMenu.js; apps/modern/components/AppToolbar of 12';
const LOGIN = 'controllers/session/login/index.html';

/** Parts by name. Source of each: jellyfin-web 10.8.13 to 12.0; those of the bar, login and settings seen in the running clients. */
export const CLIENT_PARTS = {
  'quick-connect': {
    what: 'the Quick Connect button of the login page',
    source: LOGIN,
    selectors: ['#loginPage .btnQuick'],
  },
  'quick-connect-settings': {
    what: 'the entry for Quick Connect in the settings and in the menu of the person',
    source: `${MENU}; components/toolbar/AppUserMenu.tsx of 12`,
    selectors: [
      '#myPreferencesMenuPage .lnkQuickConnectPreferences',
      '#app-user-menu a[href="#/quickconnect"]',
    ],
  },
  'remember-me': {
    what: 'the box that keeps people signed in, on the login page; it stays as it was',
    source: LOGIN,
    selectors: ['#loginPage .manualLoginForm .checkboxContainer'],
  },
  'change-server': {
    what: 'the ways to another server, on the login page and in the settings',
    source: `${LOGIN}; ${MENU}`,
    selectors: ['#loginPage .btnSelectServer', '#myPreferencesMenuPage .selectServer'],
  },
  cast: {
    what: 'the button in the bar that plays on another device, and the name of the device beside it',
    source: BAR,
    selectors: [
      '.skinHeader .headerCastButton',
      '.skinHeader .headerSelectedPlayer',
      '.MuiAppBar-root [aria-controls="app-remote-play-menu"]',
      '.MuiAppBar-root [aria-controls="app-remote-play-active-menu"]',
    ],
  },
  'sync-play': {
    what: 'the SyncPlay button in the bar',
    source: BAR,
    selectors: ['.skinHeader .headerSyncButton', '.MuiAppBar-root [aria-controls="app-sync-play-menu"]'],
  },
  search: {
    what: 'the search button in the bar',
    source: BAR,
    selectors: ['.skinHeader .headerSearchButton', '.MuiAppBar-root a[href="#/search"]'],
  },
  'home-button': {
    what: 'the house in the bar; 12 has none in its modern layout',
    source: BAR,
    selectors: ['.skinHeader .headerHomeButton'],
  },
  'my-media-title': {
    what: 'the words above the libraries on the home page, where these come first',
    source: 'components/homesections/homesections.js, sections/libraryTiles.ts of 10.9 and later',
    selectors: ['#indexPage .section0 .sectionTitle'],
  },
  favorites: {
    what: 'the favourites beside Home, in the bar and in the drawer',
    source: 'controllers/home.js; apps/modern/components/AppToolbar/userViews/UserViewNav.tsx of 12',
    selectors: [
      // The bar is marked so while the home page shows: its tabs have numbers that those of other pages have too.
      '.skinHeader.noHomeButtonHeader .headerTabs .emby-tab-button[data-index="1"]',
      '.MuiAppBar-root a[href="#/home?tab=1"]',
      '.MuiDrawer-paper a[href="#/home?tab=1"]',
    ],
  },
  trailers: {
    what: 'the tab Trailers of movie libraries, which 10.11 and later do not have',
    source: 'controllers/movies/moviesrecommended.js',
    only: ['10.8', '10.9', '10.10'],
    page: 'movies',
    // The third of six; 10.11 has five tabs, of which the third is another.
    selectors: ['.headerTabs .emby-tab-button:nth-child(3):nth-last-child(4)'],
  },
  'movie-suggestions': {
    what: 'the tab Suggestions of movie libraries; not in the modern layout of 12, where it is in a menu',
    source: 'controllers/movies/moviesrecommended.js',
    page: 'movies',
    selectors: ['.headerTabs .emby-tab-button[data-index="1"]'],
  },
  'show-suggestions': {
    what: 'the tab Suggestions of libraries of shows; not in the modern layout of 12, where it is in a menu',
    source: 'controllers/shows/tvrecommended.js',
    page: 'shows',
    selectors: ['.headerTabs .emby-tab-button[data-index="1"]'],
  },
  upcoming: {
    what: 'the tab Upcoming of libraries of shows; not in the modern layout of 12, where it is in a menu',
    source: 'controllers/shows/tvrecommended.js',
    page: 'shows',
    selectors: ['.headerTabs .emby-tab-button[data-index="2"]'],
  },
  'trailer-button': {
    what: 'the button that plays a trailer, on the page of a film or show',
    source: 'controllers/itemDetails/index.html',
    selectors: ['#itemDetailPage .btnPlayTrailer'],
  },
  'instant-mix-button': {
    what: 'the button for an instant mix, on the page of an album or song',
    source: 'controllers/itemDetails/index.html',
    selectors: ['#itemDetailPage .btnInstantMix'],
  },
  'download-button': {
    what: 'the download button on the page of a film or show; the menu behind the three dots still has it',
    source: 'controllers/itemDetails/index.html',
    selectors: ['#itemDetailPage .btnDownload'],
  },
  'cast-and-crew': {
    what: 'the people of a film or show, on its page',
    source: 'controllers/itemDetails/index.html',
    selectors: ['#itemDetailPage #castCollapsible', '#itemDetailPage #guestCastCollapsible'],
  },
  'more-like-this': {
    what: 'what is like a film or show, on its page',
    source: 'controllers/itemDetails/index.html',
    selectors: ['#itemDetailPage #similarCollapsible'],
  },
} as const satisfies Record<string, ClientPart>;

/** Name of a part of the client. */
export type ClientPartName = keyof typeof CLIENT_PARTS;
