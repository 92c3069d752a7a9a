import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createCoalescing, JOIN_PATIENCE_MS } from '../http/coalesce.ts';
import { decode } from '../http/decoding.ts';
import { endToEndHeaders } from '../http/headers.ts';
import { inTime } from '../http/in-time.ts';
import { filterHeaders, headerNames, headerValues, type RawHeaders } from '../http/raw-headers.ts';
import { IncompleteAnswerError, MAX_REWRITTEN_BYTES, type UpstreamAnswer } from '../upstream/ask.ts';
import type { Upstream } from '../upstream/upstream.ts';

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

/** Fetches Jellyfin's files and keeps them, asking Jellyfin from time to time whether they are still right. */
export interface UpstreamFiles {
  /**
   * A file that was right less than `FRESH_MS` ago, without asking; undefined when there is none. The same object as
   * before says that nothing of it changed, so that what was made of it can be used again.
   *
   * @param path Path of the request line without query, base URL included.
   */
  peek(path: string, headers: IncomingHttpHeaders): UpstreamFile | undefined;
  /**
   * A file, confirmed by Jellyfin now. Many who ask at once ask Jellyfin once; when it takes over 2 s, once more. One
   * that was right before, and since Jellyfin was last away, is given out unconfirmed when that takes over 2 s or comes
   * to nothing while Jellyfin is there; the next one who asks has it confirmed.
   *
   * @param headers Headers Jellyfin gets, from `setForwardedHeaders`.
   * @returns undefined when Jellyfin does not answer 200: the request is then simply passed through.
   * @throws {DecodingError} when the content coding of its answer cannot be undone.
   * @throws {Error} when Jellyfin cannot be reached, breaks off, or sends too much.
   */
  get(path: string, headers: IncomingHttpHeaders): Promise<UpstreamFile | undefined>;
  /** Jellyfin went away: what it served until then may be another version's, and is not given out unconfirmed any more. */
  distrust(): void;
  /** An answer that belongs to one client: asked with all headers of that client, shared with nobody, not kept. */
  getPersonal(target: string, headers: IncomingHttpHeaders): Promise<UpstreamFile | undefined>;
}

/** How long a file counts as right without asking, in milliseconds: a Jellyfin update may show so much later. */
export const FRESH_MS = 1_000;
/** How many files are kept; the web client has four that are rewritten, each in a few spellings. */
const MAX_KEPT = 32;
/** Larger files are rewritten, but not kept; the largest real one has 0.13 MB. */
const MAX_KEPT_BYTES = 1024 * 1024;

/** What of a client's request matters for a file; the rest would only split what many clients can share. */
const SENT_ON = [
  'host',
  'origin',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
] as const;

interface Kept {
  original: UpstreamFile;
  readonly etag: string | undefined;
  confirmedMs: number;
}

/** An answer, and with whose headers it was asked for. */
interface Answered {
  readonly original: UpstreamFile | undefined;
  readonly by: IncomingHttpHeaders;
}

/**
 * Makes the keeper of one Jellyfin's files.
 *
 * @param now Milliseconds of a clock that never goes back.
 */
export function createUpstreamFiles(
  upstream: Upstream,
  now: () => number = () => performance.now(),
): UpstreamFiles {
  const kept = new LRUCache<string, Kept>({ max: MAX_KEPT });
  const oncePerKey = createCoalescing<string, Answered>(JOIN_PATIENCE_MS);
  let distrustedMs = Number.NEGATIVE_INFINITY;

  async function ask(
    key: string,
    path: string,
    headers: IncomingHttpHeaders,
  ): Promise<UpstreamFile | undefined> {
    const known = kept.get(key);
    const sent: Record<string, string | string[] | undefined> = { 'accept-encoding': 'identity' };
    for (const name of SENT_ON) if (headers[name] !== undefined) sent[name] = headers[name];
    if (known?.etag !== undefined) sent['if-none-match'] = known.etag;
    const askedMs = now();
    const answer = await upstream.ask({ path, headers: sent });
    if (answer.status === 304 && known?.etag !== undefined) {
      const original = freshenUpstreamFile(known.original, answer.rawHeaders);
      kept.set(key, { original, etag: known.etag, confirmedMs: askedMs });
      return original;
    }
    kept.delete(key);
    if (answer.status !== 200) return undefined;
    const original = await readUpstreamFile(answer);
    // A cookie is somebody's own.
    const isForAll = answer.headers['set-cookie'] === undefined;
    if (isForAll && original.bytes.length <= MAX_KEPT_BYTES) {
      kept.set(key, { original, etag: answer.headers['etag'], confirmedMs: askedMs });
    }
    return original;
  }

  function lastGood(key: string): UpstreamFile | undefined {
    const entry = kept.get(key);
    return entry !== undefined && entry.confirmedMs > distrustedMs ? entry.original : undefined;
  }

  return {
    peek(path, headers) {
      const entry = kept.get(keyOf(path, headers));
      return entry !== undefined && now() - entry.confirmedMs < FRESH_MS ? entry.original : undefined;
    },
    async get(path, headers) {
      const key = keyOf(path, headers);
      const asked = oncePerKey(key, async () => ({ original: await ask(key, path, headers), by: headers }));
      const found = await orLastGood(asked, () => lastGood(key));
      if (!('by' in found)) return found;
      const { original, by } = found;
      const isSomebodysOwn =
        original !== undefined && headerValues(original.headers, 'set-cookie').length > 0;
      return isSomebodysOwn && by !== headers ? await ask(key, path, headers) : original;
    },
    distrust() {
      distrustedMs = now();
    },
    async getPersonal(target, headers) {
      const answer = await upstream.ask({ path: target, headers: personalHeaders(headers) });
      return answer.status === 200 ? await readUpstreamFile(answer) : undefined;
    },
  };
}

/**
 * What Jellyfin answers; the last good file when it takes too long over it or breaks off. A Jellyfin that is not there is
 * told: a page whose calls all fail is worse than one that says so.
 */
async function orLastGood(
  asked: Promise<Answered>,
  lastGood: () => UpstreamFile | undefined,
): Promise<Answered | UpstreamFile> {
  try {
    return await inTime<Answered | UpstreamFile>(asked, JOIN_PATIENCE_MS, lastGood);
  } catch (error) {
    const file = error instanceof IncompleteAnswerError ? lastGood() : undefined;
    if (file === undefined) throw error;
    return file;
  }
}

/** The answer depends on the asker's origin (CORS); everything else is the same for all. */
function keyOf(path: string, headers: IncomingHttpHeaders): string {
  return headers.origin === undefined ? path : `${path}\n${headers.origin}`;
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
async function readUpstreamFile(answer: UpstreamAnswer): Promise<UpstreamFile> {
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
function freshenUpstreamFile(original: UpstreamFile, rawHeaders: RawHeaders): UpstreamFile {
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
function personalHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const sent = Object.entries(headers).filter(([name]) => !NOT_SENT_ON.has(name));
  return { ...Object.fromEntries(sent), 'accept-encoding': 'identity' };
}
