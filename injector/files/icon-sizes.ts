import { LRUCache } from 'lru-cache';
import type { Sharp, SharpOptions } from 'sharp';
import { hashOf } from '../http/representation.ts';

/** A picture in one size, or an icon file of several. */
export interface IconFile {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** A picture of which no icons can be made; the message says why, as the end of a sentence that begins with the file. */
export class PictureUnreadableError extends Error {
  readonly code = 'PICTURE_UNREADABLE';

  constructor(reason: string, cause?: unknown) {
    super(reason, { cause });
    this.name = 'PictureUnreadableError';
  }
}

/** What pages and manifests of jellyfin-web 10.8 to 12.0 link to (72, 114, 144, 180, 512), and what browsers ask for besides. */
const WIDTHS = [16, 32, 48, 72, 114, 144, 180, 192, 512] as const;
const WIDTHS_IN_ICO = [16, 32, 48] as const;
const LARGEST = 512;

/** Largest picture that is unpacked: a photo of 36 million pixels, 144 MB. */
const MAX_PIXELS = 36_000_000;
/** For one size; a picture that takes longer is made to take long. */
const MAX_SECONDS = 10;
/** Drawn text and shapes have no pixels of their own; dots per inch, as SVG counts them. */
const SVG_DENSITY = { normal: 72, max: 7200 } as const;

const KINDS = ['png', 'jpeg', 'webp', 'gif', 'svg'];
const READERS = ['Png', 'Jpeg', 'Webp', 'Nsgif', 'Svg'].map((kind) => `VipsForeignLoad${kind}Buffer`);

/**
 * Makes the icons of a web app from one picture: PNGs by their width (`'16'` … `'512'`), square, the whole picture in the
 * middle of a transparent ground, and `'ico'` with the three smallest.
 *
 * Takes PNG, JPEG, WebP, GIF (its first frame) and SVG, by their bytes. Larger than 36 million pixels is refused before
 * it is unpacked; files that an SVG names are not read. Nothing else of the process is touched: the library is loaded at
 * the first call. The same bytes are drawn once, while they are among the last few pictures.
 *
 * @throws {PictureUnreadableError} for anything else.
 */
export function makeIconSizes(picture: Buffer): Promise<IconSizes> {
  const hash = hashOf(picture);
  const known = drawn.get(hash);
  if (known !== undefined) return known;
  const drawing = draw(picture);
  drawn.set(hash, drawing);
  // A busy machine may have taken too long.
  drawing.catch(() => drawn.delete(hash));
  return drawing;
}

/** By name. */
export type IconSizes = ReadonlyMap<string, IconFile>;

/** A configuration is checked before it comes into force, and read anew whenever another line of it changes. */
const drawn = new LRUCache<string, Promise<IconSizes>>({ max: 4 });

async function draw(picture: Buffer): Promise<IconSizes> {
  const open = await opener(picture);
  const pngs = new Map<number, Buffer>();
  try {
    // One after the other: a large picture is unpacked once at a time.
    for (const width of WIDTHS) {
      const fitted = open().resize(width, width, { fit: 'contain', background: '#0000' });
      pngs.set(width, await fitted.png({ compressionLevel: 9 }).toBuffer());
    }
  } catch (error) {
    throw new PictureUnreadableError('is damaged, or takes too long to draw; save it again as PNG', error);
  }
  const files = [...pngs].map(([width, bytes]): [string, IconFile] => [
    String(width),
    { bytes, contentType: 'image/png' },
  ]);
  const inIco = WIDTHS_IN_ICO.map((width) => ({ width, png: pngs.get(width) ?? Buffer.alloc(0) }));
  return new Map([...files, ['ico', { bytes: icoOf(inIco), contentType: 'image/x-icon' }]]);
}

/** Looks at the head of the picture, and gives what opens it. */
async function opener(picture: Buffer): Promise<() => Sharp> {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
  sharp.cache(false);
  const options: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error', autoOrient: true };
  const readHead = async () => await sharp(picture, { ...options, limitInputPixels: false }).metadata();
  const head = await readHead().catch((error: unknown) => {
    throw new PictureUnreadableError(
      'is no picture that can be read; use PNG, JPEG, WebP, GIF or SVG',
      error,
    );
  });
  const { format, width, height } = head;
  if (!KINDS.includes(format)) {
    throw new PictureUnreadableError('is no picture that can be read; use PNG, JPEG, WebP, GIF or SVG');
  }
  if (width * height > MAX_PIXELS) {
    throw new PictureUnreadableError(
      `has ${width} × ${height} pixels, and ${MAX_PIXELS / 1_000_000} million are read; make it smaller, 512 × 512 are enough`,
    );
  }
  const isDrawn = format === 'svg';
  const wanted = (SVG_DENSITY.normal * LARGEST) / Math.max(width, height, 1);
  const density = Math.min(Math.max(wanted, 1), SVG_DENSITY.max);
  return () => sharp(picture, isDrawn ? { ...options, density } : options).timeout({ seconds: MAX_SECONDS });
}

/** Source: [MS-ICO], as browsers read it: a directory, then PNGs as they are. */
function icoOf(pictures: readonly { readonly width: number; readonly png: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * pictures.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(pictures.length, 4);
  let at = directory.length;
  for (const [index, { width, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    directory.writeUInt8(width, entry);
    directory.writeUInt8(width, entry + 1);
    directory.writeUInt16LE(1, entry + 4);
    directory.writeUInt16LE(32, entry + 6);
    directory.writeUInt32LE(png.length, entry + 8);
    directory.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([directory, ...pictures.map(({ png }) => png)]);
}
