import type { Mod } from '../kit/define-mod.ts';
import { announcement } from './announcement/mod.ts';
import { customCss } from './custom-css/mod.ts';
import { forgotPassword } from './forgot-password/mod.ts';
import { hide } from './hide/mod.ts';
import { homeTab } from './home-tab/mod.ts';
import { loginNotice } from './login-notice/mod.ts';
import { loginThrottle } from './login-throttle/mod.ts';
import { logoLink } from './logo-link/mod.ts';
import { maintenance } from './maintenance/mod.ts';
import { menuLinks } from './menu-links/mod.ts';
import { pageTitle } from './page-title/mod.ts';
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
  // Last, so that an admin's own rules win over those of mods, and a brace left open harms nobody else.
  customCss,
];
