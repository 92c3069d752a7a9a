import { type PathRule, withoutTrailingSlash } from './path.ts';

/**
 * Why a route of Jellyfin is not for everybody.
 *
 * - `wizard`: the start-up wizard. Once it is done these routes only do harm: up to 10.10 they show an administrator's
 *   caller the hash of somebody's password and rename somebody.
 * - `before-accounts`: open to anybody until the wizard is done, an administrator's afterwards.
 * - `restart`, `lan`: Jellyfin asks no sign-in of people on the home network, so with known proxies missing, of nobody.
 * - `home`: for the home network only, whatever Jellyfin believes: nobody outside needs it, and it costs the server or
 *   shows its log.
 */
export type GuardedRoute = 'wizard' | 'before-accounts' | 'restart' | 'lan' | 'home';

/** Routes by canonical path. Source: SystemController and UserController, 10.8 to 12.0; the start-up server of 10.11. */
const EXACT: readonly (readonly [string, GuardedRoute])[] = [
  ['/system/restart', 'restart'],
  ['/users/forgotpassword', 'lan'],
  ['/users/forgotpassword/pin', 'lan'],
  // Hands out the newest log, tokens and all, while the server starts.
  ['/startup/logger', 'home'],
  ['/system/mediaencoder/path', 'before-accounts'],
];

/**
 * Folders of routes. Source: StartupController, EnvironmentController (lists the server's disks),
 * LibraryStructureController; DlnaServerController of 10.8 and of the DLNA plugin, whose policy is
 * AnonymousLanAccessPolicy; Swagger and ReDoc, whose first call took 21 s of processor time on 10.11.
 */
const BELOW: readonly (readonly [string, GuardedRoute])[] = [
  ['/startup', 'wizard'],
  ['/environment', 'before-accounts'],
  ['/library/virtualfolders', 'before-accounts'],
  ['/dlna', 'lan'],
  ['/api-docs', 'home'],
];

/** Where `findGuardedRoute` finds something. */
export const GUARDED_RULES: readonly (PathRule & { readonly route: GuardedRoute })[] = [
  ...EXACT.map(([path, route]) => ({ path, route, reach: 'route' }) as const),
  ...BELOW.map(([path, route]) => ({ path, route, reach: 'below' }) as const),
];

/**
 * Recognises a route that is not for everybody; undefined for all others. The method does not count: whatever a
 * version does with another one, nobody needs it.
 *
 * @param path From `canonicalPath`.
 */
export function findGuardedRoute(path: string): GuardedRoute | undefined {
  const plain = withoutTrailingSlash(path);
  // Compared, not looked up: the guard may ask about the rest of a path behind each of its slashes, and a look-up reads the whole.
  for (const entry of EXACT) if (plain === entry[0]) return entry[1];
  for (const entry of BELOW) if (isBelow(path, entry[0])) return entry[1];
  return undefined;
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder) && (path.length === folder.length || path[folder.length] === '/');
}
