import type { Mod } from '../kit/define-mod.ts';
import { announcement } from './announcement/mod.ts';
import { appName } from './app-name/mod.ts';
import { avatars } from './avatars/mod.ts';
import { backdropBrightness } from './backdrop-brightness/mod.ts';
import { cardLooks } from './card-looks/mod.ts';
import { clientDefaults } from './client-defaults/mod.ts';
import { customCss } from './custom-css/mod.ts';
import { customHtml } from './custom-html/mod.ts';
import { customScript } from './custom-script/mod.ts';
import { detailsLogo } from './details-logo/mod.ts';
import { drawerLogo } from './drawer-logo/mod.ts';
import { featured } from './featured/mod.ts';
import { fonts } from './fonts/mod.ts';
import { forgotPassword } from './forgot-password/mod.ts';
import { hide } from './hide/mod.ts';
import { homeTab } from './home-tab/mod.ts';
import { icons } from './icons/mod.ts';
import { loginBackground } from './login-background/mod.ts';
import { loginButtons } from './login-buttons/mod.ts';
import { loginFooter } from './login-footer/mod.ts';
import { loginLayout } from './login-layout/mod.ts';
import { loginLogo } from './login-logo/mod.ts';
import { loginNotice } from './login-notice/mod.ts';
import { loginThrottle } from './login-throttle/mod.ts';
import { logoLink } from './logo-link/mod.ts';
import { maintenance } from './maintenance/mod.ts';
import { menuLinks } from './menu-links/mod.ts';
import { musicBar } from './music-bar/mod.ts';
import { pageTitle } from './page-title/mod.ts';
import { panAndZoom } from './pan-and-zoom/mod.ts';
import { pauseScreen } from './pause-screen/mod.ts';
import { rewrite } from './rewrite/mod.ts';
import { scrollbar } from './scrollbar/mod.ts';
import { seasons } from './seasons/mod.ts';
import { splash } from './splash/mod.ts';
import { themeMusicVolume } from './theme-music-volume/mod.ts';
import { toast } from './toast/mod.ts';
import { transparentBars } from './transparent-bars/mod.ts';

/** Every mod there is, in the order in which they run. */
export const MODS: readonly Mod[] = [
  forgotPassword,
  loginNotice,
  loginThrottle,
  pageTitle,
  appName,
  menuLinks,
  transparentBars,
  backdropBrightness,
  cardLooks,
  scrollbar,
  drawerLogo,
  musicBar,
  panAndZoom,
  detailsLogo,
  pauseScreen,
  featured,
  seasons,
  avatars,
  clientDefaults,
  fonts,
  // Before the mods that show a logo of their own at one of these places.
  icons,
  homeTab,
  logoLink,
  hide,
  announcement,
  maintenance,
  toast,
  themeMusicVolume,
  splash,
  loginBackground,
  loginLogo,
  loginButtons,
  loginFooter,
  // Behind the footer, since both lay out the page, and a card is in its middle with a footer, too.
  loginLayout,
  // Last, behind the mods of an admin's own folder too: an admin's own texts, elements and rules win over those of mods, and
  // a brace left open harms nobody else.
  rewrite,
  customHtml,
  customScript,
  customCss,
];
