import { endToEndHeaders } from '../http/headers.ts';
import type { UpstreamAnswer } from '../upstream/ask.ts';
import { fitsExtension } from './static-target.ts';

/** Largest file that is kept, in bytes; the largest of the web client that is used has 4.5 MB. */
export const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** What is written anew for each answer, is true of one asker only, or describes other bytes. */
const NOT_KEPT = new Set([
  'accept-ranges',
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'age',
  'cache-control',
  'content-encoding',
  'content-length',
  'date',
  'etag',
  'expires',
  'pragma',
  'vary',
  'x-response-time-ms',
]);

/**
 * True when an answer is a whole file of the static file server that is the same for everybody: what it says of itself
 * (strong ETag, Last-Modified, length) no API answer has.
 */
export function mayKeep(answer: UpstreamAnswer, extension: string): boolean {
  const { headers, body } = answer;
  const has = (name: string): boolean => headers[name] !== undefined;
  if (answer.status !== 200 || body.length > MAX_FILE_BYTES) return false;
  if (!/^"[^"]+"$/.test(headers['etag'] ?? '') || !has('last-modified')) return false;
  // Without either, the end of the connection is the only end, and a broken-off file looks whole.
  const isFramed = has('transfer-encoding') || Number(headers['content-length']) === body.length;
  if (!isFramed || !fitsExtension(extension, headers['content-type'] ?? '')) return false;
  if (has('set-cookie') || has('www-authenticate') || has('content-range')) return false;
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return false;
  if (/private|no-store|no-cache|max-age=0/i.test(headers['cache-control'] ?? '')) return false;
  return /^(?:accept-encoding)?$/i.test((headers['vary'] ?? '').trim());
}

/** The headers of an answer that hold for every asker, names and values in turn. */
export function keptHeaders(answer: UpstreamAnswer): string[] {
  return endToEndHeaders(answer.rawHeaders, NOT_KEPT);
}
