import { promisify } from 'node:util';
import zlib from 'node:zlib';

/** Content codings we write, best first. `identity` means plain bytes. */
export const ENCODINGS = ['br', 'zstd', 'gzip', 'identity'] as const;

/** A content coding we write. */
export type Encoding = (typeof ENCODINGS)[number];

const brotli = promisify(zlib.brotliCompress);
const zstd = promisify(zlib.zstdCompress);
const gzip = promisify(zlib.gzip);

/** Compresses for keeping: as small as the coding can, off the event loop. */
export async function encode(body: Buffer, encoding: Encoding): Promise<Buffer> {
  switch (encoding) {
    case 'br':
      return await brotli(body, {
        params: {
          [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
          [zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        },
      });
    case 'zstd':
      return await zstd(body, { params: { [zlib.constants.ZSTD_c_compressionLevel]: 19 } });
    case 'gzip':
      return await gzip(body, { level: 9 });
    case 'identity':
      return body;
  }
}

const decoders: Readonly<
  Record<string, (body: Buffer, limit: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  br: promisify(zlib.brotliDecompress),
  zstd: promisify(zlib.zstdDecompress),
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  deflate: promisify(zlib.inflate),
};

/**
 * Undoes the content coding of a body. Jellyfin is asked for plain bytes; this is for caches between us and it.
 *
 * @param maxBytes Most bytes the plain body may have; a bomb ends there.
 * @throws {Error} for an unknown coding, broken data, or a body that grows over `maxBytes`.
 */
export async function decode(
  body: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return body;
  const decoder = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined;
  if (decoder === undefined) throw new Error(`content coding "${coding.slice(0, 20)}" is not known`);
  return await decoder(body, { maxOutputLength: maxBytes });
}

/**
 * Picks the coding a client likes best; at equal wish, ours: br, zstd, gzip, plain.
 * Source: RFC 9110 section 12.5.3. Without the header, and when nothing fits, plain bytes.
 */
export function pickEncoding(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined) return 'identity';
  const wishes = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',').slice(0, 30)) {
    const [name = '', ...parameters] = part.trim().split(/\s*;\s*/);
    const quality = parameters.map((p) => /^q=(\d(?:\.\d{0,3})?)$/.exec(p)?.[1]).find((q) => q !== undefined);
    if (name !== '') wishes.set(name, quality === undefined ? 1 : Number(quality));
  }
  let best: Encoding = 'identity';
  let bestWish = 0;
  for (const encoding of ENCODINGS) {
    // Plain bytes are always allowed unless refused, but never preferred unless asked for by name.
    const wish = wishes.get(encoding) ?? (encoding === 'identity' ? 0 : (wishes.get('*') ?? 0));
    if (wish > bestWish) {
      best = encoding;
      bestWish = wish;
    }
  }
  return best;
}
