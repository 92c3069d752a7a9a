import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** Why a body could not be decoded: a coding nobody here knows, more bytes than allowed, or bytes that are no such coding. */
export type DecodingFault = 'unknown-coding' | 'too-large' | 'broken';

/** A body whose content coding could not be undone. */
export class DecodingError extends Error {
  readonly fault: DecodingFault;

  constructor(fault: DecodingFault, coding: string, cause?: unknown) {
    super(`content coding "${coding.slice(0, 20)}" cannot be undone: ${fault}`, { cause });
    this.name = 'DecodingError';
    this.fault = fault;
  }
}

type Decoder = (body: Buffer, limit: { maxOutputLength: number }) => Promise<Buffer>;

const gunzip: Decoder = promisify(zlib.gunzip);
const inflate: Decoder = promisify(zlib.inflate);
const inflateRaw: Decoder = promisify(zlib.inflateRaw);

const DECODERS: Readonly<Record<string, Decoder>> = {
  br: promisify(zlib.brotliDecompress),
  zstd: promisify(zlib.zstdDecompress),
  gzip: gunzip,
  'x-gzip': gunzip,
  // The first byte of the wrapped form says "deflate"; some servers send the bare form. Source: RFC 9110 section 8.4.1.2.
  deflate: (body, limit) => (((body[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw)(body, limit),
};

/** Most codings laid over each other; more is no server's work but an attack on our memory. */
const MAX_STACKED = 3;

/**
 * Undoes the content codings of a body, off the event loop. Jellyfin is asked for plain bytes; this is for caches
 * between us and it that do not care.
 *
 * @param maxBytes Most bytes the body may have at each step; a bomb ends there, with no more than that in memory.
 * @throws {DecodingError} for an unknown coding, broken or cut data, or a body that grows over `maxBytes`.
 */
export async function decode(
  body: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > MAX_STACKED) throw new DecodingError('unknown-coding', codings.join(', '));
  const decoders = codings.map((coding) => {
    const decoder = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
    if (decoder === undefined) throw new DecodingError('unknown-coding', coding);
    return { coding, decoder };
  });
  let plain = body;
  // The last one named was applied last. Source: RFC 9110 section 8.4.
  for (const { coding, decoder } of decoders.toReversed()) {
    try {
      plain = await decoder(plain, { maxOutputLength: maxBytes });
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw new DecodingError(isTooLarge ? 'too-large' : 'broken', coding, error);
    }
  }
  return plain;
}
