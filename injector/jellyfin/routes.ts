import { type PathRule, withoutTrailingSlash } from './path.ts';

/**
 * The JSON documents of Jellyfin whose top-level values mods may change, with the canonical path of each
 * (lower case, below the base URL). The manifest has a hashed name up to 10.10, so it is found by the page that links
 * it (`rel="manifest"`); the path here is that of later versions.
 * Source: `web/config.json` and `web/manifest.json` as shipped by jellyfin-web 10.8 to 12.0; `BrandingController`, 10.8 to 12.0.
 */
export const JSON_DOCUMENTS = {
  config: '/web/config.json',
  branding: '/branding/configuration',
  manifest: '/web/manifest.json',
} as const;

/** Name of a JSON document that mods may change. */
export type JsonDocument = keyof typeof JSON_DOCUMENTS;

/** API routes of Jellyfin that Gatehouse may answer itself, by canonical path. Source: UserController, 10.8 to 12.0. */
const ANSWERED = new Map<string, AnsweredRoute>([
  ['/users/forgotpassword', 'forgot-password'],
  ['/users/forgotpassword/pin', 'forgot-password-pin'],
]);

/** A route of Jellyfin that Gatehouse may answer itself. */
export type AnsweredRoute = 'forgot-password' | 'forgot-password-pin';

/** A file or answer of Jellyfin that Gatehouse may change. */
export type RewrittenRoute = 'page' | 'service-worker' | JsonDocument;

/** A sign-in: `by-name` has the name in its body, the old one in 10.8 to 12.0 has an id (as typed) in its path. */
export type LoginRoute = { readonly by: 'name' } | { readonly by: 'id'; readonly id: string };

/** What is special about a request: something Gatehouse answers, something it rewrites, or a sign-in. */
export type Route =
  | { readonly kind: 'answered'; readonly route: AnsweredRoute }
  | { readonly kind: 'login'; readonly login: LoginRoute }
  /** `path` is canonical, with single slashes. */
  | { readonly kind: 'rewritten'; readonly route: RewrittenRoute; readonly path: string }
  | { readonly kind: 'own'; readonly path: string };

/** Files of the web client that are rewritten; the static file server also accepts doubled slashes there. */
const REWRITTEN = new Map<string, RewrittenRoute>([
  ['/web/', 'page'],
  ['/web/index.html', 'page'],
  ['/web/serviceworker.js', 'service-worker'],
  [JSON_DOCUMENTS.config, 'config'],
]);

/** What may be the manifest; which one is, the page says. */
const MANIFEST_ENDINGS = ['.json', '.webmanifest'];

/** Path below Jellyfin's base URL that belongs to Gatehouse. */
export const OWN_PATH = '/gatehouse';

const LOGIN_BY_NAME = '/users/authenticatebyname';
const LOGIN_BY_ID = /^\/users\/([^/]+)\/authenticate$/;

/** Where people come in: what leads to the page, and the page. Source: the redirects of 10.8 to 12.0. */
export const FRONT_PATHS: readonly string[] = ['/', '/web', '/web/', '/web/index.html'];

/** Where `findRoute` finds something, whatever the method. */
export const ROUTE_RULES: readonly (PathRule &
  (
    | { readonly kind: 'own' | 'answered' | 'login' }
    | { readonly kind: 'rewritten'; readonly route: RewrittenRoute }
  ))[] = [
  { kind: 'own', path: OWN_PATH, reach: 'below' },
  ...[...ANSWERED.keys()].map((path) => ({ kind: 'answered', path, reach: 'route' }) as const),
  { kind: 'login', path: LOGIN_BY_NAME, reach: 'route' },
  { kind: 'login', pattern: LOGIN_BY_ID },
  ...[...REWRITTEN].map(([path, route]) => ({ kind: 'rewritten', route, path, reach: 'exact' }) as const),
  { kind: 'rewritten', route: 'manifest', path: '/web', endings: MANIFEST_ENDINGS },
  { kind: 'rewritten', route: 'branding', path: JSON_DOCUMENTS.branding, reach: 'route' },
];

/**
 * Recognises the request, or answers undefined when it is only passed through.
 *
 * @param method In upper case; Node's parser refuses others.
 * @param path From `canonicalPath`.
 */
export function findRoute(method: string, path: string): Route | undefined {
  if (path === OWN_PATH || path.startsWith(`${OWN_PATH}/`)) {
    return { kind: 'own', path: path.slice(OWN_PATH.length) || '/' };
  }
  if (method === 'POST') {
    const plain = withoutTrailingSlash(path);
    const route = ANSWERED.get(plain);
    if (route !== undefined) return { kind: 'answered', route };
    const login = plain.startsWith('/users/') ? findLogin(plain) : undefined;
    return login === undefined ? undefined : { kind: 'login', login };
  }
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (path.startsWith('/web/')) {
    const file = path.includes('//') ? path.replace(/\/{2,}/g, '/') : path;
    const route =
      REWRITTEN.get(file) ??
      (MANIFEST_ENDINGS.some((ending) => file.endsWith(ending)) ? 'manifest' : undefined);
    return route === undefined ? undefined : { kind: 'rewritten', route, path: file };
  }
  if (method === 'GET' && withoutTrailingSlash(path) === JSON_DOCUMENTS.branding) {
    return { kind: 'rewritten', route: 'branding', path };
  }
  return undefined;
}

/** Source: UserController.AuthenticateUserByName and AuthenticateUser, 10.8 to 12.0. Quick Connect needs no password. */
function findLogin(path: string): LoginRoute | undefined {
  if (path === LOGIN_BY_NAME) return { by: 'name' };
  const id = LOGIN_BY_ID.exec(path)?.[1];
  return id === undefined ? undefined : { by: 'id', id };
}
