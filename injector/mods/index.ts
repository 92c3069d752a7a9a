import type { Mod, ModList } from '../kit/define-mod.ts';

/** A mod that may be loaded: its name, whether it may be on where nobody named it, and the module that exports it. */
interface Entry {
  readonly name: string;
  readonly isOnByItself?: true;
  readonly load: () => Promise<Readonly<Record<string, Mod>>>;
}

/** Every mod there is, in the order in which they run. */
const ENTRIES: readonly Entry[] = [
  { name: 'forgot-password', isOnByItself: true, load: () => import('./forgot-password/mod.ts') },
  { name: 'login-notice', load: () => import('./login-notice/mod.ts') },
  { name: 'login-throttle', isOnByItself: true, load: () => import('./login-throttle/mod.ts') },
  { name: 'account-entry', isOnByItself: true, load: () => import('./account-entry/mod.ts') },
  { name: 'contact-reminder', isOnByItself: true, load: () => import('./contact-reminder/mod.ts') },
  { name: 'page-title', load: () => import('./page-title/mod.ts') },
  { name: 'app-name', load: () => import('./app-name/mod.ts') },
  { name: 'menu-links', load: () => import('./menu-links/mod.ts') },
  { name: 'transparent-bars', load: () => import('./transparent-bars/mod.ts') },
  { name: 'backdrop-brightness', load: () => import('./backdrop-brightness/mod.ts') },
  { name: 'card-looks', load: () => import('./card-looks/mod.ts') },
  { name: 'scrollbar', load: () => import('./scrollbar/mod.ts') },
  { name: 'drawer-logo', load: () => import('./drawer-logo/mod.ts') },
  { name: 'music-bar', load: () => import('./music-bar/mod.ts') },
  { name: 'pan-and-zoom', load: () => import('./pan-and-zoom/mod.ts') },
  { name: 'details-logo', load: () => import('./details-logo/mod.ts') },
  { name: 'pause-screen', load: () => import('./pause-screen/mod.ts') },
  { name: 'featured', load: () => import('./featured/mod.ts') },
  { name: 'seasons', load: () => import('./seasons/mod.ts') },
  { name: 'avatars', load: () => import('./avatars/mod.ts') },
  { name: 'client-defaults', load: () => import('./client-defaults/mod.ts') },
  { name: 'fonts', load: () => import('./fonts/mod.ts') },
  // Before the mods that show a logo of their own at one of these places.
  { name: 'icons', load: () => import('./icons/mod.ts') },
  { name: 'home-tab', load: () => import('./home-tab/mod.ts') },
  { name: 'logo-link', load: () => import('./logo-link/mod.ts') },
  { name: 'hide', load: () => import('./hide/mod.ts') },
  { name: 'announcement', load: () => import('./announcement/mod.ts') },
  { name: 'maintenance', load: () => import('./maintenance/mod.ts') },
  { name: 'toast', load: () => import('./toast/mod.ts') },
  { name: 'theme-music-volume', load: () => import('./theme-music-volume/mod.ts') },
  { name: 'splash', load: () => import('./splash/mod.ts') },
  { name: 'login-background', load: () => import('./login-background/mod.ts') },
  { name: 'login-logo', load: () => import('./login-logo/mod.ts') },
  { name: 'login-buttons', load: () => import('./login-buttons/mod.ts') },
  { name: 'login-footer', load: () => import('./login-footer/mod.ts') },
  // Behind the footer, since both lay out the page, and a card is in its middle with a footer, too.
  { name: 'login-layout', load: () => import('./login-layout/mod.ts') },
  // Last, behind the mods of an admin's own folder too: an admin's own texts, elements and rules win over those of mods, and
  // a brace left open harms nobody else.
  { name: 'rewrite', load: () => import('./rewrite/mod.ts') },
  { name: 'custom-html', load: () => import('./custom-html/mod.ts') },
  { name: 'custom-script', load: () => import('./custom-script/mod.ts') },
  { name: 'custom-css', load: () => import('./custom-css/mod.ts') },
];

/** Every mod there is; none is loaded before it is asked for. `all.ts` has them loaded. */
export const MOD_LIST: ModList = {
  names: ENTRIES.map(({ name }) => name),
  load: (named) =>
    Promise.all(
      ENTRIES.filter(({ name, isOnByItself }) => isOnByItself || (named?.includes(name) ?? true)).map(
        async ({ name, load }) => {
          const found = Object.values(await load()).find((mod) => mod.name === name);
          if (found === undefined) throw new Error(`injector/mods/${name}/mod.ts: exports no mod "${name}"`);
          return found;
        },
      ),
    ),
};
