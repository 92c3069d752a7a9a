import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { LRUCache } from 'lru-cache';

/** Content codings we write, best first. `identity` means plain bytes. */
export const ENCODINGS = ['br', 'zstd', 'gzip', 'identity'] as const;

/** A content coding we write. */
export type Encoding = (typeof ENCODINGS)[number];

/**
 * `best` is as small as the coding can and takes about a second per megabyte; `quick` takes a fiftieth of that, for whoever
 * waits: a level more of br would save 8 % of the bytes for half as much time again.
 */
export type Effort = 'best' | 'quick';

const brotli = promisify(zlib.brotliCompress);
const zstd = promisify(zlib.zstdCompress);
const gzip = promisify(zlib.gzip);

const LEVELS = {
  best: { br: 11, zstd: 19, gzip: 9 },
  quick: { br: 4, zstd: 3, gzip: 4 },
} as const;

/** Compresses off the event loop. The same bytes and effort give the same bytes. */
export async function encode(body: Buffer, encoding: Encoding, effort: Effort = 'best'): Promise<Buffer> {
  const levels = LEVELS[effort];
  const { constants } = zlib;
  switch (encoding) {
    case 'br':
      return await brotli(body, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: levels.br,
          [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
        },
      });
    case 'zstd':
      return await zstd(body, {
        // Told the size, it takes memory for that much and not for its largest window.
        pledgedSrcSize: body.length,
        params: { [constants.ZSTD_c_compressionLevel]: levels.zstd },
      });
    case 'gzip':
      return await gzip(body, { level: levels.gzip });
    case 'identity':
      return body;
  }
}

/** Spellings of Accept-Encoding and what was picked for them; browsers have about five. */
const picked = new LRUCache<string, Encoding>({ max: 32 });

/** Longest spelling that is remembered, in characters: a stranger's may have 32 kB. */
const MAX_REMEMBERED_LENGTH = 200;

/**
 * Picks the coding a client likes best; at equal wish, ours: br, zstd, gzip, plain.
 * Source: RFC 9110 section 12.5.3. Without the header, and when nothing fits, plain bytes.
 */
export function pickEncoding(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined) return 'identity';
  if (acceptEncoding.length > MAX_REMEMBERED_LENGTH) return pickAnew(acceptEncoding);
  const known = picked.get(acceptEncoding);
  if (known !== undefined) return known;
  const encoding = pickAnew(acceptEncoding);
  picked.set(acceptEncoding, encoding);
  return encoding;
}

function pickAnew(acceptEncoding: string): Encoding {
  const wishes = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',').slice(0, 30)) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const quality = parameters
      .map((p) => /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.exec(p)?.[1])
      .find((q) => q !== undefined);
    // `x-gzip` is an old name of the same coding. Source: RFC 9110 section 8.4.1.3.
    wishes.set(name === 'x-gzip' ? 'gzip' : name, quality === undefined ? 1 : Number(quality));
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
