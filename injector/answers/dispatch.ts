import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { setForwardedHeaders } from '../addresses/forwarded-headers.ts';
import { createCountedAs } from '../admission/connection-limit.ts';
import type { HiddenClients } from '../admission/hidden-clients.ts';
import { endLateBody } from '../admission/idle-bodies.ts';
import { LIMITS } from '../admission/limits.ts';
import type { PathGuard } from '../admission/path-guard.ts';
import type { PublicHosts } from '../admission/public-hosts.ts';
import type { Behind } from '../admission/server.ts';
import { DecodingError } from '../http/decoding.ts';
import { makeRedirectsRelative } from '../http/node/relative-redirects.ts';
import { type DressOwn, OWN_HEADER_LINES } from '../http/own-headers.ts';
import { canonicalPath } from '../jellyfin/path.ts';
import { findRoute, type Route } from '../jellyfin/routes.ts';
import type { RunningVersion } from '../jellyfin/running-version.ts';
import type { Rewriter } from '../rewrite/rewriter.ts';
import type { WebCache } from '../static/web-cache.ts';
import type { Forward } from '../upstream/forward.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { ForwardUpgrade } from '../upstream/web-sockets.ts';
import type { Assets } from './assets.ts';
import { answerInPlace } from './forgot-password.ts';
import type { OutageLog } from './outage-log.ts';
import type { LoginThrottle, ResetPort } from './reset-port.ts';
import { answerLogin } from './sign-in.ts';
import { describeWay, findAsker, type StatusPort } from './status-port.ts';
import type { Traffic } from './traffic.ts';
import type { Unavailable } from './unavailable.ts';

/** The handlers a request may go to. */
export interface Handlers {
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly addresses: ClientAddresses;
  readonly assets: Assets;
  readonly publicHosts: PublicHosts;
  readonly guard: PathGuard;
  readonly hiddenClients: HiddenClients;
  readonly rewriter: Rewriter;
  readonly forward: Forward;
  readonly forwardUpgrade: ForwardUpgrade;
  /** Absent when no reset service is configured: Jellyfin then answers Forgot Password itself. */
  readonly reset: ResetPort | undefined;
  /** Absent when sign-ins are not throttled. */
  readonly login?: LoginThrottle | undefined;
  readonly outages: OutageLog;
  readonly unavailable: Unavailable;
  readonly traffic: Traffic;
  readonly status: StatusPort | undefined;
  readonly dressOwn: DressOwn;
  /** True when a proxy in front strips a path that people see; see `makeRedirectsRelative`. */
  readonly isPathStripped: boolean;
  /** Absent when it is switched off. */
  readonly webCache: WebCache | undefined;
}

/**
 * Decides for each request which handler answers it: our own files and pages, an answer in Jellyfin's place, a
 * rewritten file, or Jellyfin itself. The way is drawn in `injector/README.md`.
 */
export function createDispatch(handlers: Handlers): Behind {
  const {
    addresses,
    assets,
    guard,
    hiddenClients,
    login,
    outages,
    forward,
    forwardUpgrade,
    publicHosts,
    reset,
    rewriter,
    unavailable,
    upstream,
    version,
    webCache,
  } = handlers;
  const { dressOwn, isPathStripped, status, traffic } = handlers;

  function pathOf(request: IncomingMessage): string | undefined {
    const rules = { basePath: upstream.basePath, hasLegacyPrefixes: version.hasLegacyPrefixes() };
    return canonicalPath(request.url ?? '/', rules);
  }

  function routeOf(request: IncomingMessage, path: string | undefined): Route | undefined {
    return path === undefined ? undefined : findRoute(request.method ?? 'GET', path);
  }

  const pass: Forward = (request, response, body) => {
    if (isPathStripped) makeRedirectsRelative(request, response);
    forward(request, response, body);
  };

  return {
    refuse(request) {
      const refusal = publicHosts.refuse(request);
      if (refusal === undefined) return undefined;
      // Whoever looks after the container asks by the address it has there.
      const path = pathOf(request) ?? statusPath(request.url ?? '');
      return isHealth(path) ? undefined : refusal;
    },
    countedAs: createCountedAs(addresses),
    async answer(request, response) {
      const taken = traffic.take(response);
      hiddenClients.glance(request);
      const client = setForwardedHeaders(request, addresses);
      const canonical = pathOf(request);
      const route = routeOf(request, canonical);
      if (route?.kind === 'own' || route?.kind === 'answered') endLateBody(request, LIMITS.ownBodyMs);
      const own = route?.kind === 'own' ? ownPath(request.url ?? '') : undefined;
      const asked = own ?? (canonical === undefined ? statusPath(request.url ?? '') : undefined);
      if (own !== undefined || (asked !== undefined && status !== undefined)) dressOwn(request, response);
      if (asked !== undefined && status !== undefined) {
        taken.handler = 'own';
        const asker = findAsker(request, client, addresses);
        if (status.answer(request, response, asked, asker, describeWay(request, addresses))) return;
      }
      if (own !== undefined) {
        const path = own;
        if (await assets.answer(request, response, path)) return;
        if (reset === undefined) response.writeHead(404, { 'Content-Length': 0 }).end();
        else {
          request.url = path + queryOf(request.url ?? '');
          reset.answer(request, response);
        }
        return;
      }
      if (route?.kind === 'answered' && reset !== undefined) {
        taken.handler = 'answered';
        await answerInPlace(request, response, route.route, client, reset);
        return;
      }
      if (route?.kind === 'login') {
        endLateBody(request, LIMITS.ownBodyMs);
        if (login !== undefined) hiddenClients.note(request);
        await answerLogin(request, response, route.login, client, login, pass);
        return;
      }
      const guarded = guard.find(canonical);
      const refused = guarded && (await guard.decide(guarded, request, client));
      if (refused !== undefined) {
        taken.handler = 'guarded';
        response.writeHead(refused, { 'Content-Length': 0 }).end();
        return;
      }
      const received = unavailable.receive(request, response, canonical);
      if (received !== false) {
        taken.handler = 'waiting-page';
        if (await received) return;
      }
      if (route?.kind === 'rewritten' && !(webCache !== undefined && isPageScript(request, route))) {
        taken.handler = 'rewritten';
        try {
          const answered = rewriter.answer(request, response, route);
          if (answered === true || (await answered)) return;
        } catch (error) {
          // Fail-open: what cannot be rewritten is served as it is.
          outages.rewriteFailed(route.route, error);
          if (error instanceof DecodingError && error.fault === 'broken') {
            // Passed through, it would look like a whole answer.
            response.writeHead(502, { 'Content-Length': 0, 'Cache-Control': 'no-store' }).end();
            return;
          }
        }
      }
      if (webCache !== undefined && canonical?.startsWith('/web/')) {
        taken.handler = 'cached';
        if (await webCache.answer(request, response)) return;
        if (route?.kind === 'rewritten' && route.route === 'page') {
          webCache.pageWentBy();
          response.once('finish', webCache.pageWentBy);
        }
      }
      taken.handler = 'passed';
      pass(request, response);
    },
    upgrade(request, socket, head) {
      hiddenClients.glance(request);
      const client = setForwardedHeaders(request, addresses, true);
      const canonical = pathOf(request);
      const isOurs =
        routeOf(request, canonical)?.kind === 'own' || statusPath(request.url ?? '') !== undefined;
      if (isOurs) return endSocket(socket, 404);
      const guarded = guard.find(canonical);
      if (guarded === undefined) return forwardUpgrade(request, socket, head);
      void guard.decide(guarded, request, client).then((refused) => {
        if (refused === undefined) forwardUpgrade(request, socket, head);
        else endSocket(socket, refused);
      });
    },
  };
}

/** From 10.9 on the page names the service worker's file as a script too, with its build; browsers register it without. */
function isPageScript({ url = '' }: IncomingMessage, route: Route): boolean {
  return route.kind === 'rewritten' && route.route === 'service-worker' && /\?[0-9a-f]{20}$/.test(url);
}

/** A client that keeps its side open holds nothing of ours. */
function endSocket(socket: Duplex, status: 403 | 404): void {
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${OWN_HEADER_LINES}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** Health only: metrics are for who knows the name, or the token; how one came is asked by the public name. */
function isHealth(path: string | undefined): boolean {
  return /^(?:\/gatehouse)?\/health(?:\/live|\/ready)?$/.test(path ?? '');
}

/** Monitors ask without Jellyfin's base URL, which they need not know. What follows `/gatehouse`, or undefined. */
function statusPath(url: string): string | undefined {
  return /^\/gatehouse(\/(?:health(?:\/live|\/ready|\/reach)?|metrics))(?:\?|$)/.exec(url)?.[1];
}

/** What follows `/gatehouse` in the request line, as it was typed. */
function ownPath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  const place = path.search(/\/gatehouse(?=\/|$)/i);
  return path.slice(place + '/gatehouse'.length) || '/';
}

function queryOf(url: string): string {
  const index = url.indexOf('?');
  return index === -1 ? '' : url.slice(index);
}
