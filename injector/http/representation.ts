import { createHash } from 'node:crypto';
import { createCoalescing } from './coalesce.ts';
import { type Effort, type Encoding, encode } from './encodings.ts';

/** The bytes of a body in one coding, with the strong validator that belongs to exactly these bytes. */
export interface Coded {
  readonly body: Buffer;
  readonly coding: Encoding;
  /** From `etagOf`. */
  readonly etag: string;
}

/** A name that changes with the bytes: 22 characters, safe in a URL and in a header. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22);
}

/**
 * The strong validator, quotes included, of a body in one coding: other bytes have another one, also when they are the
 * same body at another effort. Source: RFC 9110 section 8.8.3.3.
 *
 * @param hash From `hashOf`, of the plain body.
 */
export function etagOf(hash: string, coding: Encoding, effort: Effort): string {
  if (coding === 'identity') return `"gh-${hash}"`;
  return `"gh-${hash}-${coding}${effort === 'quick' ? '-q' : ''}"`;
}

/** One body in all its codings. */
export interface Representation {
  /** From `hashOf`. */
  readonly hash: string;
  /** The best there is in a coding at this moment; undefined before the first was made. */
  ready(encoding: Encoding): Coded | undefined;
  /** As `ready`, made first when there is none. A large body is compressed quickly first and better later. */
  make(encoding: Encoding): Promise<Coded>;
  /** The tags that bytes of this body in this coding have or may have had. */
  etags(encoding: Encoding): readonly string[];
}

/** Starts a job that nobody waits for; a caller with many bodies lets them run one after the other. */
export type RunLater = (job: () => Promise<void>) => void;

/** Up to this size the best compression takes some 30 ms, so that there is no need for a quick one before. */
const SMALL_BYTES = 24 * 1024;

/**
 * Makes a representation of a body that will not change.
 *
 * Promises: bytes of different compression have different tags.
 *
 * @param runLater Called for the better compression of a large body; default: it starts at once.
 */
export function createRepresentation(
  plain: Buffer,
  runLater: RunLater = (job) => void job(),
): Representation {
  const hash = hashOf(plain);
  const identity: Coded = { body: plain, coding: 'identity', etag: etagOf(hash, 'identity', 'best') };
  const made = new Map<Encoding, Coded>([['identity', identity]]);
  const oncePerCoding = createCoalescing<Encoding, Coded>();

  async function compress(coding: Encoding, effort: Effort): Promise<Coded> {
    const coded = {
      body: await encode(plain, coding, effort),
      coding,
      etag: etagOf(hash, coding, effort),
    };
    made.set(coding, coded);
    return coded;
  }

  async function first(encoding: Encoding): Promise<Coded> {
    if (plain.length <= SMALL_BYTES) return await compress(encoding, 'best');
    const coded = await compress(encoding, 'quick');
    // What fails here stays as it is: quickly compressed.
    runLater(() => compress(encoding, 'best').then(ignore, ignore));
    return coded;
  }

  return {
    hash,
    ready: (encoding) => made.get(encoding),
    etags: (coding) => [...new Set([etagOf(hash, coding, 'best'), etagOf(hash, coding, 'quick')])],
    async make(encoding) {
      return made.get(encoding) ?? (await oncePerCoding(encoding, () => first(encoding)));
    },
  };
}

function ignore(): void {
  // Nobody waits for it.
}
