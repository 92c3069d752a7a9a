import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { defineMod } from '../../../injector/kit/define-mod.ts';
import { fileOption } from '../../../injector/kit/file-option.ts';
import { loadConfig } from '../../../server/config/load.ts';
import { sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { modList } from '../../support/mods/mod-list.ts';

const shown = defineMod({
  name: 'shown',
  title: 'Shows files',
  jellyfin: '*',
  options: z.strictObject({
    image: fileOption('picture').optional(),
    tiles: z.array(z.strictObject({ picture: fileOption('picture') })).default([]),
    theme: fileOption('style').optional(),
  }),
  example: {},
  hooks: ({ image }, files) => ({ css: image === undefined ? '' : `a{b:url(${files.get(image).href})}` }),
});

async function loaderOf(mods: string) {
  const folder = await tempFolder();
  const configPath = join(folder, 'config.yaml');
  await writeFile(configPath, `jellyfin: { url: http://127.0.0.1:8096 }\n${mods}`);
  return {
    folder,
    load: () => loadConfig({ configPath, environment: {}, mods: modList([shown]), channels: [] }),
  };
}

it('a file that cannot be used is a problem of the configuration, with its place', async () => {
  const { folder, load } = await loaderOf(
    [
      'mods:',
      '  shown:',
      '    image: pictures/garden.jpg',
      '    tiles:',
      '      - picture: a.png',
      '      - picture: b.png',
      '    theme: theme.css',
    ].join('\n'),
  );
  await writeFile(join(folder, 'a.png'), sampleFile('png'));
  await writeFile(join(folder, 'b.png'), 'no picture');
  await writeFile(join(folder, 'theme.css'), '@import "parts/colours.css"; body { background: url(c.png) }');
  await expect(load()).rejects.toMatchObject({
    problems: [
      {
        ...{ line: 4, column: 12, path: 'mods.shown.image' },
        message: 'pictures/garden.jpg does not exist; its path begins at the folder of config.yaml',
      },
      { line: 7, column: 18, path: 'mods.shown.tiles[1].picture' },
      {
        ...{ line: 8, column: 12, path: 'mods.shown.theme' },
        message: expect.stringMatching(
          /^theme\.css names (?:parts\/colours\.css|c\.png), which does not exist; /,
        ),
      },
    ],
  });
});

it('in a list of entries the place is that of the entry', async () => {
  const { load } = await loaderOf(
    'mods: { shown: [{ image: https://none.invalid/a.png, when: { network: home } }, { image: b.png }] }',
  );
  await expect(load()).rejects.toMatchObject({ problems: [{ line: 2, path: 'mods.shown[1].image' }] });
});

it('what is at an address is no fault of the configuration', async () => {
  const { load } = await loaderOf('mods: { shown: { image: "https://none.invalid/a.png" } }');
  expect((await load()).enabledMods).toEqual({
    shown: { image: { kind: 'picture', from: 'https://none.invalid/a.png' }, tiles: [] },
  });
});

it('another picture under the same name makes another configuration', async () => {
  const { folder, load } = await loaderOf('mods: { shown: { image: pictures/a.png } }');
  await mkdir(join(folder, 'pictures'));
  await writeFile(join(folder, 'pictures/a.png'), sampleFile('png', 'one'));
  const first = await load();
  expect(await load()).toEqual(first);
  await writeFile(join(folder, 'pictures/a.png'), sampleFile('png', 'two'));
  expect(await load()).not.toEqual(first);
});

it('so does a lock in which an address stands for something else, and one that is damaged is a problem', async () => {
  const { folder, load } = await loaderOf('mods: { shown: { image: "https://none.invalid/a.png" } }');
  const first = await load();
  const lockFile = join(folder, 'mods.lock.yaml');
  const entry = `{ sha256: "${'0'.repeat(64)}", bytes: 1, fetched: 2026-11-29 }`;
  await writeFile(lockFile, `files: { "https://none.invalid/a.png": ${entry} }`);
  expect(await load()).not.toEqual(first);
  await writeFile(lockFile, 'files: {');
  await expect(load()).rejects.toMatchObject({
    problems: [
      {
        ...{ line: 2, path: 'mods.shown.image' },
        message:
          'cannot be looked up: mods.lock.yaml is no YAML; mend it, or delete it to take what the addresses have now',
      },
    ],
  });
});
