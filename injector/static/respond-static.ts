import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KeptFile } from './bodies.ts';
import type { Coded } from './compressor.ts';

/**
 * Sends a kept file: 304 when the asker has these very bytes, HEAD as GET. An address that changes with the bytes is
 * right for ever, any other one is to be asked again each time. Source: RFC 8246; RFC 9110 sections 8.8.3.3 and 13.1.2.
 */
export function respondStatic(
  request: IncomingMessage,
  response: ServerResponse,
  file: KeptFile,
  coded: Coded,
  isHashed: boolean,
): void {
  const etag = `"gh-${file.hash}${coded.mark}"`;
  const headers = [
    ...['Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'],
    ...['ETag', etag, 'Vary', 'Accept-Encoding'],
  ];
  if (lists(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  headers.push(...file.headers, 'Content-Length', String(coded.body.length));
  if (coded.coding !== 'identity') headers.push('Content-Encoding', coded.coding);
  response.writeHead(200, headers);
  response.end(request.method === 'HEAD' ? undefined : coded.body);
}

/** Weak comparison, as If-None-Match wants it. Source: RFC 9110 section 8.8.3.2. */
function lists(list: string | undefined, etag: string): boolean {
  if (list === undefined) return false;
  return list.trim() === '*' || list.split(',').some((entry) => entry.trim().replace(/^W\//, '') === etag);
}
