import { describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '../../../injector/files/limits.ts';
import type { FileKind } from '../../../injector/kit/file-option.ts';
import { writeAndRead } from '../../support/files/read-named.ts';
import { sampleFile } from '../../support/files/sample-files.ts';

it('a folder of fonts is each of its fonts by name', async () => {
  const { file } = await writeAndRead('fonts', 'fonts', {
    'fonts/b.woff2': sampleFile('woff2'),
    'fonts/a.ttf': sampleFile('ttf'),
    'fonts/c.otf': sampleFile('otf'),
    'fonts/d.WOFF': sampleFile('woff'),
    'fonts/LICENSE.txt': 'OFL',
    'fonts/.DS_Store': 'x',
  });
  expect(file?.href).toBe('');
  expect(file?.entries?.map(({ name }) => name)).toEqual(['a.ttf', 'b.woff2', 'c.otf', 'd.WOFF']);
  expect(file?.entries?.[0]?.href).toMatch(/^\.\.\/gatehouse\/mods\/[\w-]{22}\.ttf$/);
});

it('a folder of pictures is each of its pictures by name, and has a limit', async () => {
  const { file } = await writeAndRead('pictures', 'avatars', {
    'avatars/red-fox.PNG': sampleFile('png'),
    'avatars/bear.webp': sampleFile('webp'),
    'avatars/notes.txt': 'drawn by Ada',
  });
  expect(file?.entries?.map(({ name }) => name)).toEqual(['bear.webp', 'red-fox.PNG']);
  const names = Array.from(
    { length: FILE_LIMITS.picturesInFolder + 1 },
    (_, number) => `avatars/${number}.gif`,
  );
  const { problem, assets } = await writeAndRead(
    'pictures',
    'avatars',
    Object.fromEntries(names.map((name) => [name, sampleFile('gif', name)])),
  );
  expect(problem).toBe('has 101 pictures in it, and 100 are the most; take some out');
  expect(assets).toEqual([]);
});

describe('a folder that cannot be used says why and what to do', () => {
  it.each([
    ['fonts', 'fonts', {}, 'does not exist; its path begins at the folder of config.yaml'],
    [
      'fonts',
      'a.ttf',
      { 'a.ttf': sampleFile('ttf') },
      'is not a folder; name the folder that the files are in',
    ],
    [
      'fonts',
      'fonts',
      { 'fonts/a.txt': 'x' },
      'has no font in it (.woff2, .woff, .ttf or .otf); put one there',
    ],
    [
      'fonts',
      'fonts',
      { 'fonts/a.woff2': sampleFile('png') },
      'has a.woff2 in it, which is a picture (png, jpeg, gif, webp, avif or svg) by its bytes, and a font (woff2, woff, ttf or otf) belongs here',
    ],
    [
      'pictures',
      'avatars',
      { 'avatars/a.txt': 'x' },
      'has no picture in it (.png, .jpg, .gif, .webp, .avif or .svg); put one there',
    ],
    [
      'pictures',
      'avatars',
      { 'avatars/a.png': '<html>' },
      'has a.png in it, which is a web page and not a picture (png, jpeg, gif, webp, avif or svg); save the file itself',
    ],
  ] as [FileKind, string, Record<string, Buffer | string>, string][])(
    '%s %s in %o',
    async (kind, from, files, sentence) => {
      const { file, problem, assets } = await writeAndRead(kind, from, files);
      expect(problem).toBe(sentence);
      expect(file).toBeUndefined();
      expect(assets).toEqual([]);
    },
  );
});
