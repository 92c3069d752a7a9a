import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';

/** Where Jellyfin listens. */
export interface Upstream {
  /** Scheme, host and port, without a path. */
  readonly origin: URL;
  /** Jellyfin's base URL, e.g. `/jellyfin`, without a trailing slash; empty for none. */
  readonly basePath: string;
  /** Path of the unix socket it listens on; undefined for TCP. `origin` is then `http://localhost`. */
  readonly socketPath: string | undefined;
  /** The only certificate authorities its certificate may come from, in PEM; undefined for those of the system. */
  readonly ca: string | undefined;
  /** Connections that are kept open; unlimited in number, since each film takes one. */
  readonly agent: http.Agent;
}

/** `jellyfin.url` in its parts. */
export type JellyfinAddress = Pick<Upstream, 'origin' | 'basePath' | 'socketPath'>;

/** `unix:/run/jellyfin.sock`, with the base path behind another colon, as nginx writes it. */
const UNIX_ADDRESS = /^unix:(?:\/\/)?(\/[^:?#\s]+)(?::(\/[^?#\s]*)?)?$/;

/**
 * Reads `http://host:8096/base`, `https://…`, or `unix:/run/jellyfin.sock:/base`.
 *
 * @throws {TypeError} when it is none of these; the configuration has checked it before.
 */
export function parseJellyfinAddress(text: string): JellyfinAddress {
  const [, socketPath, unixBase = ''] = UNIX_ADDRESS.exec(text) ?? [];
  const url = new URL(socketPath === undefined ? text : `http://localhost${unixBase}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`"${text}" is no address`);
  return { origin: new URL(url.origin), basePath: url.pathname.replace(/\/+$/, ''), socketPath };
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

/**
 * Describes where Jellyfin listens.
 *
 * @param jellyfinUrl `jellyfin.url`.
 * @param ca Content of `jellyfin.caFile`.
 */
export function createUpstream(jellyfinUrl: string, ca?: string): Upstream {
  const address = parseJellyfinAddress(jellyfinUrl);
  const { origin, socketPath } = address;
  const options = { keepAlive: true, maxFreeSockets: 64, scheduling: 'lifo' } as const;
  return {
    ...address,
    ca,
    agent:
      origin.protocol === 'https:'
        ? new https.Agent({ ...options, ...(ca === undefined ? {} : { ca }) })
        : // What an agent is given goes into every connection it opens; the types know it for TCP only.
          new http.Agent({
            ...options,
            ...(socketPath === undefined ? {} : { socketPath }),
          } as http.AgentOptions),
  };
}

/**
 * Asks Jellyfin and reads the whole answer.
 *
 * @param path As in the request line, base URL included.
 * @param timeoutMs Longest silence, default 30,000.
 * @throws {Error} when Jellyfin cannot be reached, breaks off, is silent for that long, or answers over 16 MiB.
 */
export function askUpstream(
  upstream: Upstream,
  path: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  timeoutMs = UPSTREAM_TIMEOUT_MS,
): Promise<UpstreamAnswer> {
  const { request } = upstream.origin.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = request(upstream.origin, { path, headers, agent: upstream.agent, method: 'GET' });
    outgoing.setTimeout(timeoutMs, () => {
      outgoing.destroy(new Error(`Jellyfin took over ${timeoutMs / 1000} s`));
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
