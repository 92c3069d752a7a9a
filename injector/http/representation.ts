import { createHash } from 'node:crypto';
import { type Encoding, encode } from './encodings.ts';

/** One body in all its codings, each with a strong validator of its own. */
export interface Representation {
  /** The bytes in a coding; compressed at first use and kept. */
  body(encoding: Encoding): Promise<Buffer>;
  /** Strong ETag of a coding, quotes included. Source: RFC 9110 section 8.8.3.3. */
  etag(encoding: Encoding): string;
  /** Name that changes with the bytes: 22 characters, safe in a URL. */
  readonly hash: string;
}

/** Makes a representation of a body that will not change. */
export function createRepresentation(plain: Buffer): Representation {
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  const kept = new Map<Encoding, Promise<Buffer>>();
  return {
    hash,
    etag: (encoding) => (encoding === 'identity' ? `"gh-${hash}"` : `"gh-${hash}-${encoding}"`),
    body(encoding) {
      let body = kept.get(encoding);
      if (body === undefined) {
        body = encode(plain, encoding);
        kept.set(encoding, body);
        body.catch(() => kept.delete(encoding));
      }
      return body;
    },
  };
}
