import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Color } from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type IconSizes, makeIconSizes, PictureUnreadableError } from '../../../injector/files/icon-sizes.ts';
import { checkLocalFiles, readModFiles } from '../../../injector/files/mod-files.ts';
import type { FileRef } from '../../../injector/kit/file-option.ts';
import { modFilesSettings } from '../../support/files/mod-files-settings.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';

const WIDTHS = [16, 32, 48, 72, 114, 144, 180, 192, 512];

function drawn(width: number, height: number, background: Color = '#ff0000') {
  return sharp({ create: { width, height, channels: 4, background } });
}

/** A PNG that says it is larger than it is. */
function pngThatClaims(png: Buffer, width: number, height: number): Buffer {
  const claimed = Buffer.from(png);
  claimed.writeUInt32BE(width, 16);
  claimed.writeUInt32BE(height, 20);
  claimed.writeUInt32BE(crc32(claimed.subarray(12, 29)), 29);
  return claimed;
}

/** Red, green, blue and alpha of a pixel. */
async function pixel(png: Buffer, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * 4;
  return [...data.subarray(at, at + 4)];
}

function bytesOf(sizes: IconSizes, name: string): Buffer {
  const file = sizes.get(name);
  if (file === undefined) throw new Error(`no ${name}`);
  return file.bytes;
}

describe('icons of one picture', () => {
  it('are square PNGs of each width, and an ico of three of them', async () => {
    const sizes = await makeIconSizes(await drawn(300, 300).png().toBuffer());
    expect([...sizes.keys()]).toEqual([...WIDTHS.map(String), 'ico']);
    for (const width of WIDTHS) {
      const bytes = bytesOf(sizes, String(width));
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width, height: width });
      expect(sizes.get(String(width))?.contentType).toBe('image/png');
    }
    const ico = bytesOf(sizes, 'ico');
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2), ico.readUInt16LE(4)]).toEqual([0, 1, 3]);
    for (const [index, width] of [16, 32, 48].entries()) {
      const [length, at] = [ico.readUInt32LE(14 + 16 * index), ico.readUInt32LE(18 + 16 * index)];
      expect(ico.readUInt8(6 + 16 * index)).toBe(width);
      expect(ico.subarray(at, at + length)).toEqual(bytesOf(sizes, String(width)));
    }
  });

  it('show the whole of a wide picture, in the middle of a transparent ground', async () => {
    const wide = bytesOf(await makeIconSizes(await drawn(400, 100).png().toBuffer()), '192');
    expect(await pixel(wide, 96, 10)).toEqual([0, 0, 0, 0]);
    expect(await pixel(wide, 96, 96)).toEqual([255, 0, 0, 255]);
    expect(await pixel(wide, 2, 96)).toEqual([255, 0, 0, 255]);
  });

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('are made of %s', async (format) => {
    const sizes = await makeIconSizes(await drawn(64, 64).toFormat(format).toBuffer());
    const [red = 0, green = 255, , alpha] = await pixel(bytesOf(sizes, '48'), 24, 24);
    expect(red).toBeGreaterThan(240);
    expect(green).toBeLessThan(15);
    expect(alpha).toBe(255);
  });

  it('of a small drawing are sharp in the largest size', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="4" height="8" fill="red"/></svg>';
    const largest = bytesOf(await makeIconSizes(Buffer.from(svg)), '512');
    expect(await pixel(largest, 252, 256)).toEqual([255, 0, 0, 255]);
    expect(await pixel(largest, 260, 256)).toEqual([0, 0, 0, 0]);
  });
});

it('one picture is drawn once, though it is checked before it is served, and read again at each reload', async () => {
  const folder = await tempFolder();
  const icons: FileRef = { kind: 'icons', from: 'icon.png' };
  const begin = async () => {
    await checkLocalFiles(folder, [icons]);
    const { assets, stop } = await readModFiles(modFilesSettings(folder), [icons], createKeptLog());
    stop();
    expect(assets).toHaveLength(WIDTHS.length + 1);
  };
  await writeFile(join(folder, 'icon.png'), await drawn(300, 300, '#0a0b0c').png().toBuffer());
  const draws = vi.spyOn(sharp.prototype, 'resize');
  onTestFinished(() => draws.mockRestore());
  await begin();
  await begin();
  expect(draws).toHaveBeenCalledTimes(WIDTHS.length);
  await writeFile(join(folder, 'icon.png'), await drawn(300, 300, '#0c0b0a').png().toBuffer());
  await begin();
  expect(draws).toHaveBeenCalledTimes(2 * WIDTHS.length);
});

describe('a hostile picture', () => {
  const small = () => drawn(4, 4).png().toBuffer();
  const laughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">${Array.from(
    { length: 20 },
    (_, index) => `<!ENTITY a${index} "${`&a${index === 0 ? '' : index - 1};`.repeat(20)}">`,
  ).join('')}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&a19;</text></svg>`;

  it.each([
    ['empty', async () => Buffer.alloc(0), 'is no picture'],
    ['a text', async () => Buffer.from('<html>not found</html>'), 'is no picture'],
    ['of a kind that is not read', async () => drawn(4, 4).tiff().toBuffer(), 'is no picture'],
    [
      'a PNG of 3.6 thousand million pixels',
      async () => pngThatClaims(await small(), 60_000, 60_000),
      'has 60000 × 60000',
    ],
    [
      'a PNG that ends early',
      async () => (await drawn(400, 400, '#123456').png().toBuffer()).subarray(0, 90),
      'is damaged',
    ],
    [
      'a PNG with fewer lines than it says',
      async () => pngThatClaims(await small(), 500, 5_000),
      'is damaged',
    ],
    [
      'a drawing of a million by a million',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"/>'),
      'has 1000000 × 1000000',
    ],
    ['a drawing whose text grows without end', async () => Buffer.from(laughs), 'is no picture'],
  ])('%s is an error that says what to do', async (_name, make, message) => {
    const made = makeIconSizes(await make());
    await expect(made).rejects.toThrow(PictureUnreadableError);
    await expect(made).rejects.toThrow(message);
  });

  it('that names files does not get to read them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-icons-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const secret = join(folder, 'secret.png');
    await writeFile(secret, await drawn(64, 64).png().toBuffer());
    const image = `<image href="file://${secret}" width="64" height="64"/>`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${image}</svg>`;
    const sizes = await makeIconSizes(Buffer.from(svg));
    expect(await pixel(bytesOf(sizes, '48'), 24, 24)).toEqual([0, 0, 0, 0]);
  });
});
