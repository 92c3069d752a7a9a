import type { IncomingMessage } from 'node:http';
import { readForwarded } from './network.ts';
import { readQuery, readTarget } from './paths.ts';

/** Larger bodies make the endpoint that reads them answer 500. Source: Kestrel's default, seen live. */
export const BODY_LIMIT = 30_000_000;

/** A request as the endpoints see it, after Kestrel and ForwardedHeaders. */
export interface FakeRequest {
  method: string;
  /** Decoded, below the base URL, without the /emby prefix. */
  path: string;
  rawQuery: string;
  query: ReadonlyMap<string, string>;
  body: Buffer;
  tooLarge: boolean;
  /** The client's address after X-Forwarded-For. */
  address: string;
  scheme: string;
  host: string;
  /** Whether the client's address is the server's own. */
  isLocal: boolean;
  /** The first line of that name; undefined if there is none. */
  header(name: string): string | undefined;
  /** All lines of that name, joined by commas. */
  headers(name: string): string | undefined;
}

/** What of the server's settings reading a request depends on. */
export interface RequestSettings {
  knownProxies: readonly string[];
  trustAll: boolean;
  /** Stands for the connection's own address, if given. */
  peer: string | undefined;
}

function linesOf(message: IncomingMessage, name: string): string[] {
  const lines: string[] = [];
  for (let at = 0; at < message.rawHeaders.length; at += 2) {
    if (message.rawHeaders[at]?.toLowerCase() === name.toLowerCase())
      lines.push(message.rawHeaders[at + 1] ?? '');
  }
  return lines;
}

/** Reads the whole body; one over 30,000,000 bytes, or announced to be, is not kept. */
export function readRequestBody(message: IncomingMessage): Promise<Buffer | 'too-large'> {
  return new Promise((resolve, reject) => {
    const isAnnounced = Number(message.headers['content-length'] ?? 0) > BODY_LIMIT;
    const parts: Buffer[] = [];
    let size = 0;
    if (isAnnounced) resolve('too-large');
    // What is too much is still read, or the answer would be lost with the connection.
    message.on('data', (part: Buffer) => {
      size += part.length;
      if (size > BODY_LIMIT) resolve('too-large');
      else if (!isAnnounced) parts.push(part);
    });
    message.on('end', () => resolve(Buffer.concat(parts)));
    message.on('error', reject);
  });
}

/** Makes the endpoints' view of a message; undefined for a target that Kestrel refuses with 400. */
export function createRequest(
  message: IncomingMessage,
  body: Buffer | 'too-large',
  settings: RequestSettings,
): FakeRequest | undefined {
  const target = readTarget(message.url ?? '/');
  if (target === undefined) return undefined;
  const host = message.headers.host ?? '';
  if (target.authority !== undefined && target.authority.toLowerCase() !== host.toLowerCase())
    return undefined;
  const joined = (name: string): string | undefined => {
    const lines = linesOf(message, name);
    return lines.length > 0 ? lines.join(',') : undefined;
  };
  const forwarded = readForwarded({
    host,
    forwardedFor: joined('x-forwarded-for'),
    forwardedProto: joined('x-forwarded-proto'),
    forwardedHost: joined('x-forwarded-host'),
    knownProxies: settings.knownProxies,
    trustAll: settings.trustAll,
    peer: settings.peer ?? message.socket.remoteAddress ?? '127.0.0.1',
  });
  const own = (message.socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return {
    method: (message.method ?? 'GET').toUpperCase(),
    path: target.path,
    rawQuery: target.query,
    query: readQuery(target.query),
    body: body === 'too-large' ? Buffer.alloc(0) : body,
    tooLarge: body === 'too-large',
    address: forwarded.address,
    scheme: forwarded.scheme,
    host: forwarded.host,
    isLocal: own === forwarded.address,
    header: (name) => linesOf(message, name)[0],
    headers: joined,
  };
}
