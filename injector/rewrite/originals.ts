import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { decode } from '../http/decoding.ts';
import { askUpstream, MAX_REWRITTEN_BYTES, type Upstream } from '../http/upstream.ts';

/** A file of Jellyfin's as it is before rewriting. */
export interface Original {
  readonly bytes: Buffer;
  /** Changes when the bytes change. */
  readonly key: string;
  /** Headers of the answer that confirmed or brought it, names and values in turn. */
  readonly rawHeaders: readonly string[];
  readonly contentType: string;
}

/** Fetches originals and keeps the last ones, asking Jellyfin each time whether they are still right. */
export interface Originals {
  /**
   * @param path Path of the request line without query, base URL included.
   * @param headers Headers Jellyfin gets, from `setForwardedHeaders`.
   * @returns undefined when Jellyfin does not answer 200: the request is then simply passed through.
   * @throws {Error} when Jellyfin cannot be reached or its answer cannot be read.
   */
  get(path: string, headers: IncomingHttpHeaders): Promise<Original | undefined>;
}

/** How many originals are kept; the web client has three that are rewritten, each in a few spellings. */
const MAX_KEPT = 16;

/** What of a client's request matters for a file; the rest would only split what many clients can share. */
const SENT_ON = [
  'host',
  'origin',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
] as const;

/** Makes the keeper of originals for one Jellyfin. */
export function createOriginals(upstream: Upstream): Originals {
  const kept = new Map<string, { original: Original; etag: string }>();
  const underWay = new Map<string, Promise<Original | undefined>>();

  async function ask(path: string, headers: IncomingHttpHeaders): Promise<Original | undefined> {
    const known = kept.get(path);
    const sent: Record<string, string | string[] | undefined> = { 'accept-encoding': 'identity' };
    for (const name of SENT_ON) if (headers[name] !== undefined) sent[name] = headers[name];
    if (known !== undefined) sent['if-none-match'] = known.etag;
    const answer = await askUpstream(upstream, path, sent);
    if (answer.status === 304 && known !== undefined) {
      return {
        ...known.original,
        rawHeaders: withContentType(answer.rawHeaders, known.original.contentType),
      };
    }
    if (answer.status !== 200) return undefined;
    const bytes = await decode(answer.body, answer.headers['content-encoding'], MAX_REWRITTEN_BYTES);
    const original = {
      bytes,
      key: createHash('sha256').update(bytes).digest('base64url'),
      rawHeaders: answer.rawHeaders,
      contentType: answer.headers['content-type'] ?? '',
    };
    const { etag } = answer.headers;
    kept.delete(path);
    if (etag !== undefined) {
      kept.set(path, { original, etag });
      const oldest = kept.keys().next().value;
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    }
    return original;
  }

  return {
    get(path, headers) {
      // The answer depends on the asker's origin (CORS); everything else is the same for all, so one question serves many.
      const key = `${path}\n${headers.origin ?? ''}`;
      let asked = underWay.get(key);
      if (asked === undefined) {
        asked = ask(path, headers).finally(() => underWay.delete(key));
        underWay.set(key, asked);
      }
      return asked;
    },
  };
}

/** A 304 has no Content-Type of its own. */
function withContentType(rawHeaders: readonly string[], contentType: string): readonly string[] {
  return ['Content-Type', contentType, ...rawHeaders];
}
