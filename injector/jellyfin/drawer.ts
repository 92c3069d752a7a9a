/**
 * The drawer on the left, by what is on top in it: that of 10.8 to 11 and of 12's older layouts, and that of 12 in a narrow window.
 * Source: `scripts/libraryMenu.js` and `apps/modern/components/drawers` of jellyfin-web 10.8.13 to 12.0.
 */
export const DRAWER = { tops: ['.mainDrawer-scrollContainer', '.MuiDrawer-root .MuiDrawer-paper'] } as const;

/**
 * The bar at the bottom while music plays, on every page.
 * Source: `components/appFooter/appFooter.js` of jellyfin-web 10.8.13 to 12.0.
 */
export const MUSIC_BAR = '.appfooter';
