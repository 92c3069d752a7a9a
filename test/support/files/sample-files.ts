import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileRef } from '../../../injector/kit/file-option.ts';

/** The first bytes of each kind of file, with a tail that makes it a file of its own: enough to be recognised, not to be drawn. */
const HEADS = {
  png: '89504e470d0a1a0a0000000d49484452',
  jpg: 'ffd8ffe000104a464946',
  gif: '474946383961',
  webp: '524946460000000057454250',
  avif: '00000020667479706d696631000000006d69663161766966',
  woff2: '774f4632',
  woff: '774f4646',
  ttf: '00010000',
  otf: '4f54544f',
} as const;

/** Bytes of a picture or font; another `tail` makes another file. */
export function sampleFile(kind: keyof typeof HEADS, tail = 'sample'): Buffer {
  return Buffer.concat([Buffer.from(HEADS[kind], 'hex'), Buffer.from(tail)]);
}

/** A picture that is text, and would run a script if it were a page. */
export const SAMPLE_SVG =
  '<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/><script>alert(1)</script></svg>';

/** A PNG of one pixel that can be drawn. */
export const DRAWABLE_PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Puts a usable file wherever options name one beside `config.yaml`. */
export async function writeNamedFiles(folder: string, files: readonly FileRef[]): Promise<void> {
  for (const { kind, from } of files.filter((file) => !file.from.includes('://'))) {
    const path = join(folder, from, kind === 'fonts' ? 'a.woff2' : kind === 'pictures' ? 'a.png' : '');
    await mkdir(dirname(path), { recursive: true });
    const content = {
      picture: DRAWABLE_PNG,
      pictures: DRAWABLE_PNG,
      icons: DRAWABLE_PNG,
      fonts: sampleFile('woff2'),
      style: 'a {}',
      script: ';',
    };
    await writeFile(path, content[kind]);
  }
}
