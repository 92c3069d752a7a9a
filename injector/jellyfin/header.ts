/**
 * The bar at the top of Jellyfin's web client. `old` is that of 10.8 to 11 and of the older layouts of 12, `modern` that of 12
 * (and of `layout=experimental` on 10.9 to 11), where the old one is there and not shown.
 * Source: `scripts/libraryMenu.js` and `components/maintabsmanager.js`, 10.8.13 to 12.0; `components/toolbar/*.tsx`,
 * `apps/modern/components/AppToolbar/` and `drawers/` of 12.0; both seen in the running clients.
 */
export const HEADER = {
  /** Either bar. */
  bars: '.skinHeader, .MuiAppBar-root',
  /** Where a page has no title of its own: the logo. It is out of the reach of keyboards and of screen readers. */
  oldTitle: '.skinHeader .pageTitle',
  /** Class of the title while it is the logo. */
  logoClass: 'pageTitleWithLogo',
  /** The name of the server with the logo, in the bar and in the drawer of narrow screens. */
  modernLogo: '.MuiAppBar-root a[href="#/"], .MuiDrawer-paper a[href="#/"]',
  /** Tabs of the page that shows. */
  oldTabs: '.skinHeader .headerTabs',
  /** In the tabs, the row of buttons; it is drawn anew for each page. */
  oldTabRow: '.emby-tabs-slider',
  /** One tab, the one the client takes for chosen, and what its words stand in. */
  tabClass: 'emby-tab-button',
  chosenTabClass: 'emby-tab-button-active',
  tabWordsClass: 'emby-button-foreground',
  modernBar: '.MuiAppBar-root',
  /** Links to the favourites: one in the bar, one in the drawer of narrow screens, which is there while it is closed. */
  modernFavorites: 'a[href="#/home?tab=1"]',
  modernDrawer: '.MuiDrawer-paper',
  /** In a link of the bar or drawer: what its picture, and in the drawer its words, stand in. */
  modernIcon: '.MuiButton-startIcon, .MuiListItemIcon-root',
  modernDrawerWords: '.MuiListItemText-root',
} as const;
