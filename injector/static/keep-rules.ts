import { endToEndHeaders } from '../http/headers.ts';
import type { PathRule } from '../jellyfin/path.ts';
import { MAX_FILE_BYTES } from '../jellyfin/web-client.ts';
import type { UpstreamAnswer } from '../upstream/ask.ts';

/** A file of the web client that may be kept, as a request names it. */
export interface StaticTarget {
  /** Path below the base URL as sent, letter case included: file names differ by it. */
  readonly path: string;
  /** Twenty hex digits of the build, or empty: as Jellyfin is asked. */
  readonly query: string;
  /** Our own hash of the bytes that are wanted, of an address from `addressOfBytes`. */
  readonly bytesHash: string | undefined;
  /** True when the address has a hash: Jellyfin's own of the build or of the file as it was built, or ours. */
  readonly isHashed: boolean;
  /** In lower case, without the dot. */
  readonly extension: string;
}

/** Content types Jellyfin gives the files worth keeping. Source: ASP.NET, FileExtensionContentTypeProvider. */
const CONTENT_TYPES: Readonly<Record<string, RegExp>> = {
  js: /^(?:text|application)\/javascript\b/,
  css: /^text\/css\b/,
  json: /^application\/json\b/,
  svg: /^image\/svg\+xml\b/,
  wasm: /^application\/wasm\b/,
  ttf: /^(?:font\/ttf|application\/x-font-ttf)\b/,
  woff: /^(?:font\/woff|application\/font-woff)\b/,
  woff2: /^font\/woff2\b/,
  png: /^image\/png\b/,
  jpg: /^image\/jpeg\b/,
  gif: /^image\/gif\b/,
  webp: /^image\/webp\b/,
  ico: /^image\/(?:x-icon|vnd\.microsoft\.icon)\b/,
};

/** Read anew at each use, by the client's own wish or by the browser's rules; with a build behind it, it is a plain script. */
const NEVER = new Set(['/web/config.json', '/web/serviceworker.js']);

/** Only the spelling that browsers use; every other one that Jellyfin would accept is simply passed through. */
const PLAIN = /^\/web\/(?:(?!\.{1,2}\/)(?:[\w.@~+-]|%40)+\/)*(?:[\w.@~+-]|%40)+\.([a-z0-9]{2,5})$/;

/** Where `readStaticTarget` may find something. */
export const KEPT_RULE: PathRule = {
  path: '/web',
  endings: Object.keys(CONTENT_TYPES).map((extension) => `.${extension}`),
};

/** A build, or the hash in a name. */
const HASH = /^[0-9a-f]{20}$/;
/** Ours, from `hashOf`. */
const BYTES_HASH = /^gh-([\w-]{22})$/;

/**
 * Reads a request line's target.
 *
 * @param basePath Jellyfin's base URL without a slash at the end.
 * @returns undefined for everything that is no file worth keeping, or is spelled in any other way than browsers do:
 *   API routes below `/web`, pages, folders, dot segments, doubled slashes, other queries than webpack's.
 */
export function readStaticTarget(target: string, basePath: string): StaticTarget | undefined {
  if (target.length > 400 || !target.startsWith(`${basePath}/web/`)) return undefined;
  const below = target.slice(basePath.length);
  const mark = below.indexOf('?');
  const path = mark === -1 ? below : below.slice(0, mark);
  const query = mark === -1 ? '' : below.slice(mark + 1);
  const extension = PLAIN.exec(path)?.[1];
  if (extension === undefined || !Object.hasOwn(CONTENT_TYPES, extension)) return undefined;
  const bytesHash = BYTES_HASH.exec(query)?.[1];
  if (path === '/web/config.json' || (NEVER.has(path) && !HASH.test(query))) return undefined;
  if (mark !== -1 && bytesHash === undefined && !HASH.test(query)) return undefined;
  const isHashed = query !== '' || hasHashedName(path);
  return { path, query: bytesHash === undefined ? query : '', bytesHash, extension, isHashed };
}

/**
 * The address of a file that means these bytes and no others.
 *
 * @param address As a page names it, with or without a query.
 * @param hash From `hashOf`.
 */
export function addressOfBytes(address: string, hash: string): string {
  return `${address.split('?', 1)[0]}?gh-${hash}`;
}

/** As webpack of jellyfin-web names files: `x.HASH.chunk.js`, `HASH.woff2`. Source: jellyfin-web 10.8 to 12.0, dist. */
function hasHashedName(path: string): boolean {
  const parts = path.slice(path.lastIndexOf('/') + 1).split('.');
  return parts.slice(0, -1).some((part) => HASH.test(part));
}

/** True when the content type is the one a file of this extension has: an error page in a script's place has not. */
export function fitsExtension(extension: string, contentType: string): boolean {
  return CONTENT_TYPES[extension]?.test(contentType.toLowerCase()) ?? false;
}

/** True for files that compression makes smaller. */
export function isCompressible(extension: string): boolean {
  return /^(?:js|css|json|svg|wasm|ttf|ico)$/.test(extension);
}

/** What is written anew for each answer, is true of one asker only, or describes other bytes. */
const NOT_KEPT = new Set([
  'accept-ranges',
  'access-control-allow-credentials',
  'access-control-allow-origin',
  'age',
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
