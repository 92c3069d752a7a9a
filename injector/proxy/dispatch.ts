import type { IncomingMessage } from 'node:http';
import type { Upstream } from '../http/upstream.ts';
import { canonicalPath } from '../jellyfin/path.ts';
import { findRoute, type Route } from '../jellyfin/routes.ts';
import type { RunningVersion } from '../jellyfin/running-version.ts';
import type { Log } from '../kit/log.ts';
import type { Rewriter } from '../rewrite/rewriter.ts';
import { answerInPlace } from './answers.ts';
import type { Assets } from './assets.ts';
import type { ClientAddresses } from './client-address.ts';
import { setForwardedHeaders } from './forwarded-headers.ts';
import type { PassThrough } from './pass-through.ts';
import type { ResetPort } from './reset-port.ts';
import type { Behind } from './server.ts';

/** The stations a request may go to. */
export interface Stations {
  readonly upstream: Upstream;
  readonly version: RunningVersion;
  readonly addresses: ClientAddresses;
  readonly assets: Assets;
  readonly rewriter: Rewriter;
  readonly passThrough: PassThrough;
  /** Absent when no reset service is configured: Jellyfin then answers Forgot Password itself. */
  readonly reset: ResetPort | undefined;
  readonly log: Log;
}

/**
 * Decides for each request which station answers it: our own files and pages, an answer in Jellyfin's place, a
 * rewritten file, or Jellyfin itself. The way is drawn in `injector/README.md`.
 */
export function createDispatch(stations: Stations): Behind {
  const { addresses, assets, log, passThrough, reset, rewriter, upstream, version } = stations;

  function routeOf(request: IncomingMessage): Route | undefined {
    const rules = { basePath: upstream.basePath, hasLegacyPrefixes: version.hasLegacyPrefixes() };
    const path = canonicalPath(request.url ?? '/', rules);
    return path === undefined ? undefined : findRoute(request.method ?? 'GET', path);
  }

  return {
    async answer(request, response) {
      const client = setForwardedHeaders(request, addresses);
      const route = routeOf(request);
      if (route?.kind === 'own') {
        const path = ownPath(request.url ?? '');
        if (await assets.answer(request, response, path)) return;
        if (reset === undefined) response.writeHead(404, { 'Content-Length': 0 }).end();
        else {
          request.url = path + queryOf(request.url ?? '');
          reset.answer(request, response);
        }
        return;
      }
      if (route?.kind === 'answered' && reset !== undefined) {
        await answerInPlace(request, response, route.route, client, reset);
        return;
      }
      if (route?.kind === 'rewritten') {
        try {
          const path = (request.url ?? '').split('?', 1)[0] ?? '';
          if (await rewriter.answer(request, response, route.route, path)) return;
        } catch (error) {
          // Fail-open: what cannot be rewritten is served as it is.
          log.warn({ event: 'rewrite-failed', route: route.route, error: String(error) });
        }
      }
      passThrough.request(request, response);
    },
    upgrade(request, socket, head) {
      setForwardedHeaders(request, addresses);
      if (routeOf(request)?.kind === 'own') {
        socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      passThrough.upgrade(request, socket, head);
    },
  };
}

/** What follows `/gatehouse` in the request line, as it was typed. */
function ownPath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return /^.*?\/gatehouse(?=\/|$)(.*)$/i.exec(path)?.[1] || '/';
}

function queryOf(url: string): string {
  const index = url.indexOf('?');
  return index === -1 ? '' : url.slice(index);
}
