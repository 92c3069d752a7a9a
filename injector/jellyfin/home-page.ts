/**
 * Where notices begin on the home page: the tab of that name stays while what is in it is drawn anew.
 * Source: `controllers/home.html` and `apps/modern/routes/home.tsx` (12) of jellyfin-web 10.8.13 to 12.0.
 */
export const HOME_TAB = '#homeTab';
