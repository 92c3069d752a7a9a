import type { Mod } from '../kit/define-mod.ts';
import { announcement } from './announcement/mod.ts';
import { customCss } from './custom-css/mod.ts';
import { forgotPassword } from './forgot-password/mod.ts';
import { hide } from './hide/mod.ts';
import { homeTab } from './home-tab/mod.ts';
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
import { pageTitle } from './page-title/mod.ts';
import { splash } from './splash/mod.ts';
import { themeMusicVolume } from './theme-music-volume/mod.ts';
import { toast } from './toast/mod.ts';

/** Every mod there is, in the order in which they run. */
export const MODS: readonly Mod[] = [
  forgotPassword,
  loginNotice,
  loginThrottle,
  pageTitle,
  menuLinks,
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
  // Last, so that an admin's own rules win over those of mods, and a brace left open harms nobody else.
  customCss,
];
