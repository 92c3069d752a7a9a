import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILE_LIMITS } from '../../../injector/files/limits.ts';
import { nothing, sourcesOf } from '../../../injector/files/mod-files.ts';
import { serveFiles } from '../../../injector/files/serve-files.ts';
import type { FileKind, FileRef } from '../../../injector/kit/file-option.ts';
import { readNamed, writeAndRead } from '../../support/files/read-named.ts';
import { DRAWABLE_PNG, SAMPLE_SVG, sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';

describe('a picture is known by its bytes', () => {
  it.each([
    ['png', 'image/png'],
    ['jpg', 'image/jpeg'],
    ['gif', 'image/gif'],
    ['webp', 'image/webp'],
    ['avif', 'image/avif'],
  ] as const)('%s', async (kind, contentType) => {
    const { file, assets } = await writeAndRead('picture', 'pictures/garden', {
      'pictures/garden': sampleFile(kind),
    });
    expect(file?.href).toMatch(new RegExp(`^\\.\\./gatehouse/mods/[\\w-]{22}\\.${kind}$`));
    expect(assets).toMatchObject([{ path: file?.href.replace('../gatehouse', ''), contentType }]);
  });

  it.each([
    ['with what comes before', SAMPLE_SVG],
    ['alone', '<svg/>'],
    [
      'with a byte order mark and a document type',
      '\uFEFF<!DOCTYPE svg>\n<svg xmlns="http://www.w3.org/2000/svg"></svg>',
    ],
  ])('svg %s, which runs and loads nothing when it is opened', async (_how, text) => {
    const { assets } = await writeAndRead('picture', 'a.svg', { 'a.svg': text });
    expect(assets).toMatchObject([
      {
        contentType: 'image/svg+xml',
        headers: ['Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox"],
      },
    ]);
  });
});

it('icons are a picture in each size', async () => {
  const { file } = await writeAndRead('icons', 'logo.png', { 'logo.png': DRAWABLE_PNG });
  expect(file?.entries?.map(({ name }) => name)).toEqual(expect.arrayContaining(['16', '180', '512', 'ico']));
  expect(file?.entries?.find(({ name }) => name === 'ico')?.href).toMatch(/\.ico$/);
});

it('a script is its text', async () => {
  const { file } = await writeAndRead('script', 'a.js', { 'a.js': '\uFEFFalert("ü")' });
  expect(file).toMatchObject({ text: 'alert("ü")', href: expect.stringMatching(/\.js$/) });
});

describe('what cannot be used says why and what to do', () => {
  const LARGE = Buffer.alloc(FILE_LIMITS.bytes + 1);
  it.each([
    ['picture', 'garden.jpg', {}, 'does not exist; its path begins at the folder of config.yaml'],
    ['picture', 'a/garden.jpg', { a: 'x' }, 'does not exist: a part of its path is not a folder'],
    ['picture', 'a', { 'a/b.png': sampleFile('png') }, 'is a folder; name the file in it'],
    ['picture', 'a.png', { 'a.png': '' }, 'is empty; copy it here again'],
    ['picture', 'a.png', { 'a.png': LARGE }, 'is larger than 8 MB; make it smaller'],
    [
      'picture',
      'a.png',
      { 'a.png': '<!DOCTYPE html><p>Not found' },
      'is a web page and not a picture (png, jpeg, gif, webp, avif or svg); save the file itself',
    ],
    [
      'picture',
      'a.png',
      { 'a.png': sampleFile('woff2') },
      'is a font (woff2, woff, ttf or otf) by its bytes, and a picture (png, jpeg, gif, webp, avif or svg) belongs here',
    ],
    [
      'picture',
      'a.png',
      { 'a.png': 'BM bitmap' },
      'is not a picture (png, jpeg, gif, webp, avif or svg) by its bytes, whatever its name says; convert it to one of these',
    ],
    [
      'icons',
      'a.png',
      { 'a.png': sampleFile('png') },
      'is no picture that can be read; use PNG, JPEG, WebP, GIF or SVG',
    ],
    [
      'style',
      'a.css',
      { 'a.css': Buffer.from('\xff\xfea', 'latin1') },
      'is saved as UTF-16; save it as UTF-8',
    ],
    ['style', 'a.css', { 'a.css': Buffer.from('\xe4', 'latin1') }, 'is not text in UTF-8; save it as UTF-8'],
    ['script', 'a.js', { 'a.js': 'a\0b' }, 'is not text: it has zero bytes in it; is this the right file?'],
    [
      'script',
      'a.js',
      { 'a.js': '<html>' },
      'is a web page and not a style or script; name the file itself ("raw")',
    ],
    [
      'style',
      'config.yaml',
      { 'config.yaml': 'jellyfin: {}' },
      'does not end in .css; a style that everybody may read does',
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

  it('all files of a configuration together have a limit', async () => {
    const folder = await tempFolder();
    const files: FileRef[] = [];
    for (let number = 0; number < 9; number += 1) {
      const from = `${number}.png`;
      await writeFile(join(folder, from), sampleFile('png', `${number}`));
      await truncate(join(folder, from), FILE_LIMITS.bytes);
      files.push({ kind: 'picture', from });
    }
    const { served, problems } = await serveFiles(files, sourcesOf(folder, nothing));
    expect(served.size).toBe(8);
    expect(problems.map(({ message }) => message)).toEqual([
      'does not fit: the files of all mods together are larger than 64 MB; make some smaller',
    ]);
  });
});

describe('nothing outside of the folder is read', () => {
  const LEADS_OUT =
    'leads out of the folder of config.yaml by a symbolic link; copy the file into that folder';

  it('through a link to a file, or to a folder', async () => {
    const [folder, outside] = [await tempFolder(), await tempFolder()];
    await writeFile(join(outside, 'a.png'), sampleFile('png'));
    await writeFile(join(outside, 'a.ttf'), sampleFile('ttf'));
    await symlink(join(outside, 'a.png'), join(folder, 'a.png'));
    await symlink(outside, join(folder, 'pictures'));
    expect((await readNamed(folder, { kind: 'picture', from: 'a.png' })).problem).toBe(LEADS_OUT);
    expect((await readNamed(folder, { kind: 'picture', from: 'pictures/a.png' })).problem).toBe(LEADS_OUT);
    expect((await readNamed(folder, { kind: 'fonts', from: 'pictures' })).problem).toBe(LEADS_OUT);
  });

  it('through a folder whose name only begins like ours', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'config'));
    await mkdir(join(folder, 'config-old'));
    await writeFile(join(folder, 'config-old/a.png'), sampleFile('png'));
    await symlink(join(folder, 'config-old/a.png'), join(folder, 'config/a.png'));
    expect((await readNamed(join(folder, 'config'), { kind: 'picture', from: 'a.png' })).problem).toBe(
      LEADS_OUT,
    );
  });

  it('while links inside, and a folder that is a link itself, are fine', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'real'));
    await writeFile(join(folder, 'real/a.png'), sampleFile('png'));
    await symlink('a.png', join(folder, 'real/b.png'));
    await symlink(join(folder, 'real'), join(folder, 'config'));
    expect(
      (await readNamed(join(folder, 'config'), { kind: 'picture', from: 'b.png' })).problem,
    ).toBeUndefined();
  });

  it('and a link in a circle is told', async () => {
    const folder = await tempFolder();
    await symlink('a.png', join(folder, 'a.png'));
    expect((await readNamed(folder, { kind: 'picture', from: 'a.png' })).problem).toBe(
      'is a symbolic link that leads in a circle',
    );
  });
});
