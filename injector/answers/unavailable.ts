import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOut, type JellyfinState, type Readiness } from '../jellyfin/readiness.ts';
import { FRONT_PATHS } from '../jellyfin/routes.ts';
import { pickLanguage } from '../kit/translations.ts';
import { drawWaitingPage, RETRY_SECONDS } from './waiting-page.ts';

/** Answers while Jellyfin cannot. */
export interface Unavailable {
  /**
   * Jellyfin could not be reached: a page that reloads itself for people, one line for programs. Ends the connection
   * as broken when the answer has already begun, so that nobody takes a part for the whole.
   */
  answer(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Answers somebody who comes to the front page while Jellyfin is not ready, and says whether it did. Everything
   * else Jellyfin answers itself: its files are there before its calls are, so the login page would load and then say
   * that it is unable to connect, and not try again.
   *
   * @param path From `canonicalPath`; undefined for one outside the base URL.
   */
  receive(
    request: IncomingMessage,
    response: ServerResponse,
    path: string | undefined,
  ): false | Promise<boolean>;
}

const FRONT = new Set(FRONT_PATHS);

/**
 * Makes what answers in the place of Jellyfin: 502 when there is no connection, 503 while Jellyfin starts; nothing of it is
 * ever kept.
 *
 * @param serverName What Jellyfin said last that it is called; undefined when it never did.
 */
export function createUnavailable(readiness: Readiness, serverName: () => string | undefined): Unavailable {
  function send(request: IncomingMessage, response: ServerResponse, state: JellyfinState): void {
    const page = isPage(request)
      ? drawWaitingPage(pickLanguage(request.headers['accept-language']), state, serverName())
      : undefined;
    const body = page?.html ?? 'Jellyfin is not reachable.\n';
    response.writeHead(state === 'starting' || state === 'loading' ? 503 : 502, {
      'Content-Type': `${page === undefined ? 'text/plain' : 'text/html'}; charset=utf-8`,
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      'Retry-After': String(RETRY_SECONDS),
      'X-Content-Type-Options': 'nosniff',
      ...(page === undefined
        ? {}
        : { 'Content-Security-Policy': page.policy, Vary: 'Accept, Accept-Language' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  return {
    answer(request, response) {
      if (response.headersSent || response.destroyed) response.destroy();
      else send(request, response, 'away');
    },
    receive(request, response, path) {
      if (!FRONT.has(path ?? request.url ?? '') || !isPage(request)) return false;
      return readiness.confirm().then((state) => {
        if (!isOut(state)) return false;
        send(request, response, state);
        return true;
      });
    },
  };
}

/** True when a person looks at what comes. */
function isPage({ method, headers }: IncomingMessage): boolean {
  return (method === 'GET' || method === 'HEAD') && (headers.accept ?? '').includes('text/html');
}
