import { CONFIGURATION_ROUTES } from './configuration.ts';
import { FORGOT_PASSWORD_ROUTES } from './forgot-password.ts';
import { homeRoutes } from './home.ts';
import { KEY_ROUTES } from './key-routes.ts';
import { LOGIN_ROUTES } from './login.ts';
import { MEDIA_ROUTES } from './media.ts';
import { passwordRoutes } from './passwords.ts';
import { PIN_ROUTES } from './pin.ts';
import { PLAYBACK_ROUTES } from './playback.ts';
import { POLICY_ROUTES } from './policy-routes.ts';
import { quickConnectRoutes } from './quick-connect.ts';
import type { Route } from './routes.ts';
import { SESSION_ROUTES } from './session-routes.ts';
import { SYSTEM_ROUTES } from './system.ts';
import { userImageRoutes } from './user-images.ts';
import { USER_ROUTES } from './user-routes.ts';
import { WIZARD_ROUTES } from './wizard.ts';

/** Every route of a version. */
export function routesOf(minor: number): readonly Route[] {
  return [
    ...USER_ROUTES,
    ...userImageRoutes(minor),
    ...LOGIN_ROUTES,
    ...FORGOT_PASSWORD_ROUTES,
    ...PIN_ROUTES,
    ...passwordRoutes(minor),
    ...POLICY_ROUTES,
    ...SESSION_ROUTES,
    ...KEY_ROUTES,
    ...SYSTEM_ROUTES,
    ...CONFIGURATION_ROUTES,
    ...quickConnectRoutes(minor),
    ...WIZARD_ROUTES,
    ...homeRoutes(minor),
    ...MEDIA_ROUTES,
    ...PLAYBACK_ROUTES,
  ];
}
