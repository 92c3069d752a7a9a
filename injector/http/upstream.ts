import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

/** Where Jellyfin listens. */
export interface Upstream {
  /** Scheme, host and port, without a path. */
  readonly origin: URL;
  /** Jellyfin's base URL, e.g. `/jellyfin`, without a trailing slash; empty for none. */
  readonly basePath: string;
  /** Connections that are kept open; unlimited in number, since each film takes one. */
  readonly agent: http.Agent;
}

/** A whole answer of Jellyfin's, read into memory. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Names and values as sent, in turn. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Largest body that is read into memory for rewriting, in bytes. The largest real one (a string file) has 0.3 MB. */
export const MAX_REWRITTEN_BYTES = 16 * 1024 * 1024;

/** How long Jellyfin may take for something that is rewritten, in milliseconds. */
const UPSTREAM_TIMEOUT_MS = 30_000;

/** Describes where Jellyfin listens, from `jellyfin.url`. */
export function createUpstream(jellyfinUrl: string): Upstream {
  const url = new URL(jellyfinUrl);
  const options = { keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' } as const;
  return {
    origin: new URL(url.origin),
    basePath: url.pathname.replace(/\/+$/, ''),
    agent: url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options),
  };
}

/**
 * Asks Jellyfin and reads the whole answer.
 *
 * @param path As in the request line, base URL included.
 * @throws {Error} when Jellyfin cannot be reached, breaks off, takes over 30 s, or answers over 16 MiB.
 */
export function askUpstream(
  upstream: Upstream,
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Promise<UpstreamAnswer> {
  const { request } = upstream.origin.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(upstream.origin, { path, headers, agent: upstream.agent, method: 'GET' });
    outgoing.setTimeout(UPSTREAM_TIMEOUT_MS, () => {
      outgoing.destroy(new Error(`Jellyfin took over ${UPSTREAM_TIMEOUT_MS / 1000} s`));
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_REWRITTEN_BYTES) outgoing.destroy(new Error('Jellyfin sent over 16 MiB'));
        else chunks.push(chunk);
      });
      incoming.on('error', reject);
      incoming.on('end', () => {
        if (!incoming.complete) return reject(new Error('Jellyfin broke off'));
        resolve({
          status: incoming.statusCode ?? 502,
          headers: incoming.headers,
          rawHeaders: incoming.rawHeaders,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.end();
  });
}
