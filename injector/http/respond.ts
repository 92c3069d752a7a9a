import type { IncomingMessage, ServerResponse } from 'node:http';
import { pickEncoding } from './encodings.ts';
import type { Representation } from './representation.ts';

/**
 * Sends a representation: negotiated coding, own ETag, 304 and 412, HEAD as GET. Ranges are not offered: a slice of
 * a page that may change between two requests is of no use.
 *
 * @param headers Names and values in turn, without those this function writes.
 * Source: RFC 9110 sections 12.5.3 and 13.1, RFC 9111 section 4.3.
 */
export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  representation: Representation,
  headers: readonly string[],
): Promise<void> {
  const encoding = pickEncoding(header(request, 'accept-encoding'));
  const etag = representation.etag(encoding);
  const written = [...headers, 'ETag', etag, 'Vary', 'Accept-Encoding'];
  const wanted = header(request, 'if-match');
  if (wanted !== undefined && !lists(wanted, etag, false)) {
    response.writeHead(412, ['Content-Length', '0']).end();
    return;
  }
  if (lists(header(request, 'if-none-match'), etag, true)) {
    response.writeHead(304, written.filter(isKeptOn304)).end();
    return;
  }
  const body = await representation.body(encoding);
  if (encoding !== 'identity') written.push('Content-Encoding', encoding);
  written.push('Content-Length', String(body.length));
  response.writeHead(200, written);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Keeps everything but the two headers that describe a body a 304 does not have; works on the flat list. */
function isKeptOn304(_entry: string, index: number, all: readonly string[]): boolean {
  const name = all[index - (index % 2)]?.toLowerCase();
  return name !== 'content-type' && name !== 'content-length';
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** True when a list of entity tags names ours. `isWeak` ignores the `W/` mark. Source: RFC 9110 section 8.8.3.2. */
function lists(list: string | undefined, etag: string, isWeak: boolean): boolean {
  if (list === undefined) return false;
  if (list.trim() === '*') return true;
  return list.split(',').some((entry) => {
    const tag = entry.trim();
    return tag === etag || (isWeak && tag === `W/${etag}`);
  });
}
