import type { Mod } from '../kit/define-mod.ts';
import { appName } from './app-name/mod.ts';
import { clientDefaults } from './client-defaults/mod.ts';
import { customCss } from './custom-css/mod.ts';
import { forgotPassword } from './forgot-password/mod.ts';
import { loginNotice } from './login-notice/mod.ts';
import { loginThrottle } from './login-throttle/mod.ts';
import { menuLinks } from './menu-links/mod.ts';
import { pageTitle } from './page-title/mod.ts';

/** Every mod there is, in the order in which they run. */
export const MODS: readonly Mod[] = [
  forgotPassword,
  loginNotice,
  loginThrottle,
  pageTitle,
  appName,
  menuLinks,
  clientDefaults,
  // Last, so that an admin's own rules win over those of mods, and a brace left open harms nobody else.
  customCss,
];
