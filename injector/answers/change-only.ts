import type { IncomingMessage, ServerResponse } from 'node:http';
import { setForwardedHeaders } from '../addresses/forwarded-headers.ts';
import type { Log } from '../kit/log.ts';
import { createRecognition, type DispatchParts } from './dispatch.ts';
import * as steps from './steps.ts';

/**
 * Answers what mods change, and hands everything else to `next` as it came, in front of somebody else's way to Jellyfin.
 * Never throws, and calls `next` without an error: whatever goes wrong here, Jellyfin is still reached.
 */
export type ChangeOnly = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** What is taken of `STEPS`; who may do what is for others to say. */
const CHANGES: readonly steps.Step[] = [steps.answerAsset, steps.answerRewritten, steps.answerKept];

/** Makes it of the same parts as a dispatch. */
export function createChangeOnly(all: DispatchParts, log: Log): ChangeOnly {
  const parts: DispatchParts = { ...all, passesBroken: true };
  const { addresses, assets, setOwnHeaders, traffic, upstream, webCache } = parts;
  const { pathOf, routeOf } = createRecognition(parts);

  /** What changes here, if anything; decided on the request line alone. */
  function visitOf(request: IncomingMessage, response: ServerResponse): steps.Visit | undefined {
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const path = pathOf(request);
    const route = routeOf(request, path);
    if (route?.kind === 'own') {
      if (!assets.has(steps.ownPath(request.url ?? ''))) return undefined;
    } else if (route?.kind !== 'rewritten') {
      const mayBeKept = route === undefined && webCache !== undefined && path?.startsWith('/web/') === true;
      if (!mayBeKept) return undefined;
    }
    const client = addresses.of(request.socket.remoteAddress, undefined);
    return { request, response, client, path, route, counted: traffic.count(response) };
  }

  return (request, response, next) => {
    const { url = '/', headers } = request;
    const restore = (): void => {
      request.url = url;
      request.headers = headers;
    };
    let isHandedOn = false;
    const handOn = (): void => {
      if (isHandedOn) return;
      isHandedOn = true;
      restore();
      next();
    };
    try {
      request.url = asJellyfinSeesIt(request, upstream.basePath);
      const visit = visitOf(request, response);
      if (visit === undefined) return handOn();
      // Ours to change while we work on it: whoever comes next finds all of it as it was.
      request.headers = { ...headers };
      const client = setForwardedHeaders(request, addresses);
      if (visit.route?.kind === 'own') setOwnHeaders(request, response);
      work({ ...visit, client }).then((isAnswered) => (isAnswered ? restore() : handOn()), fail);
    } catch (error) {
      fail(error);
    }

    async function work(visit: steps.Visit): Promise<boolean> {
      for (const step of CHANGES) if (await step(visit, parts)) return true;
      return false;
    }

    function fail(error: unknown): void {
      log.error({ event: 'request-failed', error: String(error) });
      // Half an answer cannot be taken back.
      if (response.headersSent) response.destroy();
      else handOn();
    }
  };
}

/**
 * The request line as it goes to Jellyfin. Where express has taken off what an app is mounted at, Jellyfin's base URL stands
 * in its place, as http-proxy-middleware puts the path of its target there.
 */
function asJellyfinSeesIt({ url = '/', ...request }: IncomingMessage, basePath: string): string {
  const mountedAt = 'baseUrl' in request ? request.baseUrl : undefined;
  return typeof mountedAt === 'string' && mountedAt !== '' ? `${basePath}${url}` : url;
}
