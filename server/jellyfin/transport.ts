import http from 'node:http';
import https from 'node:https';
import { buffer } from 'node:stream/consumers';
import { createUpstream, type Upstream } from '../../injector/http/upstream.ts';

/** A way to Jellyfin that an address alone does not say. */
export interface Transport {
  /** http or https, with the base path, without a slash at the end; what paths are put behind. */
  readonly url: string;
  /** What `send.ts` uses of `fetch`: method, plain headers, a body of text, a signal. Redirects are not followed. */
  readonly fetch: (address: string, init: TransportRequest) => Promise<Response>;
}

/** A request as a transport takes it. */
export interface TransportRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** Statuses that have no body. Source: Fetch, section "null body status". */
const BODILESS = new Set([204, 205, 304]);

/**
 * Finds the way to Jellyfin: over TCP with Node's own `fetch`, or over a unix socket, or trusting one certificate
 * authority only.
 *
 * @param jellyfinUrl `jellyfin.url`: http, https or `unix:/run/jellyfin.sock`.
 * @param ca Content of `jellyfin.caFile`.
 */
export function createTransport(jellyfinUrl: string, ca?: string): Transport {
  const upstream = createUpstream(jellyfinUrl, ca);
  const url = `${upstream.origin.origin}${upstream.basePath}`;
  if (upstream.socketPath === undefined && ca === undefined) return { url, fetch };
  return { url, fetch: (address, init) => fetchOver(upstream, address, init) };
}

/** @throws {TypeError} as `fetch` does, with the reason as its cause; or what the signal was aborted with. */
function fetchOver(upstream: Upstream, address: string, init: TransportRequest): Promise<Response> {
  const { method, headers, body, signal } = init;
  const { request } = upstream.origin.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause }));
    const outgoing = request(address, { method, headers, signal, agent: upstream.agent });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      const status = incoming.statusCode ?? 502;
      buffer(incoming).then(
        (bytes) => resolve(new Response(BODILESS.has(status) ? null : new Uint8Array(bytes), { status })),
        fail,
      );
    });
    outgoing.end(body);
  });
}
