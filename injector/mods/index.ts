import type { Mod } from '../kit/define-mod.ts';
import { customCss } from './custom-css/mod.ts';
import { customHtml } from './custom-html/mod.ts';
import { customScript } from './custom-script/mod.ts';
import { forgotPassword } from './forgot-password/mod.ts';
import { loginBackground } from './login-background/mod.ts';
import { loginButtons } from './login-buttons/mod.ts';
import { loginFooter } from './login-footer/mod.ts';
import { loginLayout } from './login-layout/mod.ts';
import { loginLogo } from './login-logo/mod.ts';
import { loginNotice } from './login-notice/mod.ts';
import { loginThrottle } from './login-throttle/mod.ts';
import { menuLinks } from './menu-links/mod.ts';
import { pageTitle } from './page-title/mod.ts';
import { splash } from './splash/mod.ts';

/** Every mod there is, in the order in which they run. */
export const MODS: readonly Mod[] = [
  forgotPassword,
  loginNotice,
  loginThrottle,
  pageTitle,
  menuLinks,
  splash,
  loginBackground,
  loginLogo,
  loginButtons,
  loginFooter,
  // Behind the footer, since both lay out the page, and a card is in its middle with a footer, too.
  loginLayout,
  // Last, behind the mods of an admin's own folder too: an admin's own elements and rules win over those of mods, and a
  // brace left open harms nobody else.
  customHtml,
  customScript,
  customCss,
];
