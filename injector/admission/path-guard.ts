import type { IncomingMessage } from 'node:http';
import { createHomeNetwork } from '../addresses/networks.ts';
import { CREDENTIAL_HEADERS, CREDENTIAL_QUERIES } from '../jellyfin/credentials.ts';
import { findGuardedRoute, type GuardedRoute } from '../jellyfin/guarded-routes.ts';
import type { RunningVersion } from '../jellyfin/running-version.ts';
import type { Log } from '../kit/log.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { HiddenClients } from './hidden-clients.ts';

/**
 * Asks Jellyfin whether a caller is an administrator, with the caller's own token, by a call that needs one and changes
 * nothing. Never rejects: whoever cannot be asked about is none. A caller without a token costs no call.
 *
 * Source: SystemController.GetServerLogs, policy RequiresElevation in 10.8 to 12.0.
 */
export async function isElevated(request: IncomingMessage, upstream: Upstream): Promise<boolean> {
  const { headers, url = '' } = request;
  const query = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (CREDENTIAL_QUERIES.has(name.toLowerCase())) query.append(name, value);
  }
  const own = CREDENTIAL_HEADERS.filter((name) => headers[name] !== undefined);
  if (own.length === 0 && query.size === 0) return false;
  const path = `${upstream.basePath}/System/Logs${query.size > 0 ? `?${query}` : ''}`;
  const sent = {
    ...Object.fromEntries(own.map((name) => [name, headers[name]])),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'x-forwarded-for': headers['x-forwarded-for'],
  };
  try {
    return (await upstream.ask({ path, headers: sent })).status === 200;
  } catch {
    return false;
  }
}

/**
 * Whom Jellyfin sees: `each-client` when it believes our X-Forwarded-For, `only-us` when it takes everybody for one on
 * the home network, `unknown` until it was asked.
 */
export type KnownProxiesStatus = 'unknown' | 'each-client' | 'only-us';

/** What the guard is for; each is on unless the configuration says otherwise. */
export interface GuardSettings {
  /** Until Jellyfin sees each client: no guest from outside gets what it gives the home network without a sign-in. */
  readonly lanRoutes: boolean;
  /** The start-up wizard is for the home network, and gone once it is done. */
  readonly wizard: boolean;
  /** What is for the home network only, such as the description of the API. */
  readonly homeOnly: boolean;
}

/** Guards everything. */
export const FULL_GUARD: GuardSettings = { lanRoutes: true, wizard: true, homeOnly: true };

const SETTING_OF = {
  wizard: 'wizard',
  'before-accounts': 'wizard',
  home: 'homeOnly',
  restart: 'lanRoutes',
  lan: 'lanRoutes',
} as const satisfies Record<GuardedRoute, keyof GuardSettings>;

/** Whether the guard may ever refuse that route. */
export function isGuarded(route: GuardedRoute, settings: GuardSettings): boolean {
  return settings[SETTING_OF[route]];
}

/** Stands before Jellyfin's routes that are not for everybody. */
export interface PathGuard {
  /** Undefined for nearly every path; then nothing else need be asked. */
  find(path: string | undefined): GuardedRoute | undefined;
  /**
   * The status to answer with, without a body as Jellyfin does; undefined to let the request pass. Never rejects.
   *
   * @param client From `setForwardedHeaders`.
   */
  decide(route: GuardedRoute, request: IncomingMessage, client: string): Promise<403 | 404 | undefined>;
}

/** What the guard decides by. */
export interface GuardParts {
  readonly settings: GuardSettings;
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly hiddenClients: Pick<HiddenClients, 'note'>;
  readonly knownProxies: () => KnownProxiesStatus;
  readonly log: Log;
}

/** Makes the guard of one configuration. */
export function createPathGuard(parts: GuardParts): PathGuard {
  const { hiddenClients, log, settings, version } = parts;
  const isHome = createHomeNetwork();

  function statusFor(route: GuardedRoute, isInside: boolean, isHidden: boolean): 403 | 404 | undefined {
    if (!isGuarded(route, settings)) return undefined;
    const outside = isInside ? undefined : 403;
    switch (route) {
      case 'wizard':
        return version.isWizardDone() === true ? 404 : outside;
      case 'before-accounts':
        return version.isWizardDone() === true ? undefined : outside;
      case 'home':
        return outside;
      case 'restart':
      case 'lan':
        // Behind a proxy that hides its clients Jellyfin sees that proxy, and no self-test can tell.
        return parts.knownProxies() !== 'each-client' || isHidden ? outside : undefined;
    }
  }

  return {
    find(path) {
      if (path === undefined) return undefined;
      // As long as nothing there has answered like Jellyfin, jellyfin.url may lack a base path that clients know.
      return version.current() === undefined ? findBelowAny(path) : findGuardedRoute(path);
    },
    async decide(route, request, client) {
      const hidden = hiddenClients.note(request);
      const status = statusFor(route, isHome(client) && hidden === undefined, hidden !== undefined);
      if (status === undefined) return undefined;
      // An administrator may restart the server from anywhere, with us as without us.
      if (route === 'restart' && (await isElevated(request, parts.upstream))) return undefined;
      log.info({ event: 'guard-refused', clientAddress: client, route, status });
      return status;
    },
  };
}

/** Looks for the route at each slash of a path. */
function findBelowAny(path: string): GuardedRoute | undefined {
  for (const { index } of path.matchAll(/\//g)) {
    const route = findGuardedRoute(path.slice(index));
    if (route !== undefined) return route;
  }
  return undefined;
}
