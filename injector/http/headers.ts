import type { IncomingMessage } from 'node:http';
import { eachHeader, filterHeaders, type RawHeaders } from './raw-headers.ts';

/**
 * Headers that end at the next hop, whether Connection names them or not.
 * Source: RFC 9110 section 7.6.1, RFC 9112 section 6; HTTP2-Settings: RFC 7540 section 3.2.1.
 */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The names a Connection header lists, in lower case. */
export function namedInConnection(connection: string | undefined): string[] {
  return (connection ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

/**
 * The end-to-end headers of an answer in the order, spelling and repetition in which they came.
 *
 * @param alsoDropped Further names to leave out, in lower case.
 */
export function endToEndHeaders(
  rawHeaders: RawHeaders,
  alsoDropped: ReadonlySet<string> = new Set(),
): string[] {
  const kept: string[] = [];
  const named: string[] = [];
  eachHeader(rawHeaders, (name, value, spelling) => {
    if (name === 'connection') named.push(...namedInConnection(value));
    if (!HOP_BY_HOP.has(name) && !alsoDropped.has(name)) kept.push(spelling, value);
  });
  if (named.length === 0) return kept;
  // The framing of an answer is no connection option, whatever the list says.
  const dropped = named.filter(
    (name) => !HOP_BY_HOP.has(name) && name !== 'content-length' && name !== 'close',
  );
  if (dropped.length === 0) return kept;
  return filterHeaders(kept, (name) => !dropped.includes(name));
}

/** True when the head announces a body. Source: RFC 9112 section 6.3. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** True for a reload: the client wants to know that it is still right. Source: RFC 9111 sections 5.2.1.4 and 5.4. */
export function wantsConfirmed({ headers }: IncomingMessage): boolean {
  const control = headers['cache-control'];
  if (control === undefined) return headers.pragma !== undefined && /no-cache/i.test(headers.pragma);
  return /(?:^|[\s,])(?:no-cache|max-age=0+)(?:$|[\s,])/i.test(control);
}
