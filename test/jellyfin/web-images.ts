import { crc32, deflateSync } from 'node:zlib';

/** A PNG of the client's sign, a triangle in two colours, so that icon addresses answer with real pictures. */
export function iconPng(size: number): Buffer {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const half = (y / size) * 0.5;
      const inside = Math.abs(x / size - 0.5) < half && y > size * 0.08 && y < size * 0.92;
      if (!inside) continue;
      const mix = (x + y) / (2 * size);
      const pixel = [170 * (1 - mix), 92 + 72 * mix, 195 + 25 * mix, 255].map(Math.round);
      rows.set(pixel, y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** favicon.ico: one PNG in an icon directory. */
export function iconIco(): Buffer {
  const png = iconPng(32);
  const directory = Buffer.from([0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 0]);
  directory.writeUInt32LE(png.length, 14);
  return Buffer.concat([directory.subarray(0, 22), png]);
}

const GRADIENT =
  '<linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#aa5cc3"/><stop offset="1" stop-color="#00a4dc"/></linearGradient>';
const SIGN =
  '<path fill="url(#g)" fill-rule="evenodd" d="M36 4c7 0 31 44 28 51s-53 7-56 0S29 4 36 4zm0 13c-4 0-18 26-16 30s30 4 32 0-12-30-16-30z"/><path fill="url(#g)" d="M36 27c2 0 9 13 8 15s-15 2-16 0 6-15 8-15z"/>';

/** The sign alone, for the splash and 12's server button. */
export function signSvg(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><defs>${GRADIENT}</defs>${SIGN}</svg>\n`;
}

/** Sign and name, for the header; `ink` is the colour of the name. */
export function bannerSvg(ink: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 290 72"><defs>${GRADIENT}</defs>${SIGN}<text x="84" y="50" font-family="Noto Sans, Quicksand, sans-serif" font-size="46" font-weight="500" fill="${ink}">Jellyfin</text></svg>\n`;
}
