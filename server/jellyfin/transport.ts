import { createUpstream } from '../../injector/upstream/upstream.ts';

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
 * Finds the way to Jellyfin, over TCP, TLS or a unix socket, by the same client that forwards requests.
 *
 * @param jellyfinUrl `jellyfin.url`: http, https or `unix:/run/jellyfin.sock`.
 * @param ca Content of `jellyfin.caFile`.
 */
export function createTransport(jellyfinUrl: string, ca?: string): Transport {
  const upstream = createUpstream(jellyfinUrl, ca);
  const { origin } = upstream.origin;
  return {
    url: `${origin}${upstream.basePath}`,
    async fetch(address, { method, headers, body, signal }) {
      const path = address.slice(origin.length);
      const asked = { method, path, headers, body, signal, timeoutMs: NO_LIMIT_MS };
      try {
        const { status, body: bytes } = await upstream.ask(asked);
        return new Response(BODILESS.has(status) ? null : new Uint8Array(bytes), { status });
      } catch (cause) {
        // As `fetch` does.
        throw signal.aborted ? signal.reason : new TypeError('fetch failed', { cause });
      }
    },
  };
}

/** The signal says how long it may take. */
const NO_LIMIT_MS = 2 ** 31 - 1;
