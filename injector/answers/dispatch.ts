import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setForwardedHeaders } from '../addresses/forwarded-headers.ts';
import { createCountedAs } from '../admission/connection-limit.ts';
import type { PublicHosts } from '../admission/public-hosts.ts';
import type { Behind } from '../admission/server.ts';
import { http } from '../http/node/http.ts';
import { OWN_HEADER_LINES } from '../http/own-headers.ts';
import { canonicalPath } from '../jellyfin/path.ts';
import { findRoute, type Route } from '../jellyfin/routes.ts';
import type { RunningVersion } from '../jellyfin/running-version.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { ForwardUpgrade } from '../upstream/web-sockets.ts';
import * as steps from './steps.ts';
import type { Traffic } from './traffic.ts';

/**
 * Who answers a request: the first of these that does. Each stands where it does for a reason; the way is drawn in
 * `injector/README.md`.
 */
export const STEPS: readonly steps.Step[] = [
  // These two answer nothing; what they set must be there before anybody does.
  steps.limitBody,
  steps.setOwnHeaders,
  // Ours. Nothing below asks Jellyfin for what begins with /gatehouse, and monitors are answered without a reset service.
  steps.answerStatus,
  steps.answerAsset,
  steps.answerOwnPage,
  // In Jellyfin's place, before the guard: people outside are served here, and held back here.
  steps.answerForgotPassword,
  steps.answerSignIn,
  // Before all that is Jellyfin's, so that nothing kept or rewritten goes round it.
  steps.guardPath,
  // Before its files: they are there before its calls are, and would show a page that does not work.
  steps.showWaitingPage,
  // What mods change comes first; what they leave alone may be kept; and all else is Jellyfin's own.
  steps.answerRewritten,
  steps.answerKept,
  steps.passOn,
];

/** What requests are told apart by, and answered with. */
export interface DispatchParts extends steps.Handlers {
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly publicHosts: PublicHosts;
  readonly forwardUpgrade: ForwardUpgrade;
  readonly traffic: Traffic;
}

/** Tells what a request is for in Jellyfin's own routing. */
export function createRecognition({ upstream, version }: Pick<DispatchParts, 'upstream' | 'version'>) {
  return {
    /** As `canonicalPath`. */
    pathOf(request: IncomingMessage): string | undefined {
      const rules = { basePath: upstream.basePath, hasLegacyPrefixes: version.hasLegacyPrefixes() };
      return canonicalPath(request.url ?? '/', rules);
    },
    /** As `findRoute`. */
    routeOf(request: IncomingMessage, path: string | undefined): Route | undefined {
      return path === undefined ? undefined : findRoute(request.method ?? 'GET', path);
    },
  };
}

/** Takes each request through the steps, and WebSockets past the guard. */
export function createDispatch(parts: DispatchParts): Behind {
  const { addresses, forwardUpgrade, guard, hiddenClients, publicHosts, traffic } = parts;
  const { pathOf, routeOf } = createRecognition(parts);

  return {
    validate(request) {
      const refusal = publicHosts.validate(request);
      if (refusal === undefined) return undefined;
      // Whoever looks after the container asks by the address it has there.
      const path = pathOf(request) ?? steps.statusPath(request.url ?? '');
      return isHealth(path) ? undefined : refusal;
    },
    countedAs: createCountedAs(addresses),
    async answer(request, response) {
      const counted = traffic.count(response);
      hiddenClients.glance(request);
      const client = setForwardedHeaders(request, addresses);
      const path = pathOf(request);
      const visit = { request, response, client, path, route: routeOf(request, path), counted };
      for (const step of STEPS) {
        const answered = step(visit, parts);
        // What is known at once costs no turn of the event loop.
        if (answered === true || (answered !== false && (await answered))) return;
      }
    },
    upgrade(request, socket, head) {
      hiddenClients.glance(request);
      const client = setForwardedHeaders(request, addresses, true);
      const path = pathOf(request);
      const isOurs =
        routeOf(request, path)?.kind === 'own' || steps.statusPath(request.url ?? '') !== undefined;
      if (isOurs) return endSocket(socket, 404);
      const guarded = guard.find(path);
      if (guarded === undefined) return forwardUpgrade(request, socket, head);
      void guard.decide(guarded, request, client).then((refused) => {
        if (refused === undefined) forwardUpgrade(request, socket, head);
        else endSocket(socket, refused);
      });
    },
  };
}

/** Passes everything on to the dispatch of the configuration in force; while there is none, requests are answered with 503. */
export function passToDispatch(inForce: () => Behind | undefined): Behind {
  return {
    validate: (request) => inForce()?.validate?.(request),
    countedAs: (peer) => inForce()?.countedAs?.(peer),
    answer(request, response) {
      const dispatch = inForce();
      if (dispatch !== undefined) return dispatch.answer(request, response);
      response.writeHead(503, { 'Content-Length': 0, 'Retry-After': 1 }).end();
      return Promise.resolve();
    },
    upgrade(request, socket, head) {
      const dispatch = inForce();
      if (dispatch === undefined) socket.destroy();
      else dispatch.upgrade(request, socket, head);
    },
  };
}

/** A client that keeps its side open holds nothing of ours. */
function endSocket(socket: Duplex, status: 403 | 404): void {
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n${OWN_HEADER_LINES}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

/** Health only: metrics are for who knows the name, or the token; how one came is asked by the public name. */
function isHealth(path: string | undefined): boolean {
  return /^(?:\/gatehouse)?\/health(?:\/live|\/ready)?$/.test(path ?? '');
}
