import type { IncomingMessage } from 'node:http';
import { HOP_BY_HOP } from '../http/headers.ts';

/** Written anew: the framing of the body, and what we tell of the client. */
const OURS = new Set([
  ...HOP_BY_HOP,
  'content-length',
  'host',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
]);

/**
 * Writes the head of the request that goes to Jellyfin: the client's end-to-end headers in their order, spelling and
 * repetition, without those that `setForwardedHeaders` has removed, then the framing and what we say of the client.
 *
 * @param fallbackHost For a client of HTTP/1.0 that names none.
 */
export function writeRequestHead(request: IncomingMessage, fallbackHost: string): string {
  const { headers, rawHeaders } = request;
  let head = `${request.method} ${request.url} HTTP/1.1\r\nHost: ${headers.host ?? fallbackHost}\r\n`;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const lower = name.toLowerCase();
    if (OURS.has(lower) || headers[lower] === undefined) continue;
    head += `${name}: ${rawHeaders[index + 1]}\r\n`;
  }
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const) {
    if (headers[name] !== undefined) head += `${name}: ${headers[name]}\r\n`;
  }
  if (headers['transfer-encoding'] !== undefined) head += 'Transfer-Encoding: chunked\r\n';
  else if (headers['content-length'] !== undefined)
    head += `Content-Length: ${headers['content-length']}\r\n`;
  return `${head}\r\n`;
}
