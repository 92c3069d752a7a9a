import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { decode } from '../http/decoding.ts';
import { endToEndHeaders } from '../http/headers.ts';
import { filterHeaders, headerNames, type RawHeaders } from '../http/raw-headers.ts';
import { MAX_REWRITTEN_BYTES, type UpstreamAnswer } from '../upstream/ask.ts';

/** A file or answer of Jellyfin's as it is before rewriting. */
export interface UpstreamFile {
  readonly bytes: Buffer;
  /** Changes when the bytes or the Content-Type change. */
  readonly key: string;
  /** What of its headers is also true of the rewritten body. */
  readonly headers: RawHeaders;
  readonly contentType: string;
  /** All headers of the answer that brought it. */
  readonly rawHeaders: RawHeaders;
}

/** Headers of the original that are no longer true of the rewritten body, or that we write ourselves. */
const REPLACED = new Set([
  'accept-ranges',
  'age',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-md5',
  'content-digest',
  'date',
  'digest',
  'etag',
  'expires',
  'last-modified',
  'repr-digest',
  'x-response-time-ms',
]);

/** @throws {DecodingError} when its content coding cannot be undone. */
export async function readUpstreamFile(answer: UpstreamAnswer): Promise<UpstreamFile> {
  const bytes = await decode(answer.body, answer.headers['content-encoding'], MAX_REWRITTEN_BYTES);
  const contentType = answer.headers['content-type'] ?? '';
  const key = createHash('sha256').update(`${contentType}\n`).update(bytes).digest('base64url');
  return {
    bytes,
    key,
    contentType,
    rawHeaders: answer.rawHeaders,
    headers: endToEndHeaders(answer.rawHeaders, REPLACED),
  };
}

/** The original with what a 304 says anew about its headers. Source: RFC 9111 section 3.2. */
export function freshenUpstreamFile(original: UpstreamFile, rawHeaders: RawHeaders): UpstreamFile {
  const renewed = endToEndHeaders(rawHeaders, REPLACED);
  const names = new Set(headerNames(renewed));
  const headers = [...filterHeaders(original.headers, (name) => !names.has(name)), ...renewed];
  const isSame =
    headers.length === original.headers.length && headers.every((entry) => original.headers.includes(entry));
  // The same object as long as nothing changed, so that what was made of it stays good.
  return isSame ? original : { ...original, headers };
}

/** What must not be handed to Jellyfin when the whole, plain file is wanted; conditions are about our bytes. */
const NOT_SENT_ON = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'proxy-connection',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** The client's headers as Jellyfin gets them when the answer belongs to this client only. */
export function personalHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const sent = Object.entries(headers).filter(([name]) => !NOT_SENT_ON.has(name));
  return { ...Object.fromEntries(sent), 'accept-encoding': 'identity' };
}
