import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODS } from '../../injector/mods/all.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { ROOT } from '../support/runner/projects.ts';
import { drawFiles } from './drawn-files.ts';
import { readRecipe } from './mod-recipe.ts';

describe('the picture of a mod', () => {
  it.each(MODS)('is made with options that $name takes, if it has one', (mod) => {
    const recipe = readRecipe(mod);
    if (recipe !== undefined) expect(mod.options.safeParse(recipe.options).success).toBe(true);
  });

  it('is there for some, so that the test above tests something', () => {
    expect(MODS.filter((mod) => readRecipe(mod) !== undefined).length).toBeGreaterThan(10);
  });

  it('is at most 60 kB, and all of them are at most 3 MB', async () => {
    const folder = join(ROOT, 'docs/mods/pictures');
    const sizes = await Promise.all(
      (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(60_000);
    expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(3_000_000);
  });
});

describe('files that options name', () => {
  it('are drawn by their names, and those named by an address are not', async () => {
    const folder = await tempFolder();
    await drawFiles(folder, {
      logo: { kind: 'picture', from: 'pictures/logo.png' },
      behind: [
        { kind: 'picture', from: 'garden.jpg' },
        { kind: 'picture', from: 'https://www.example.org/a.png' },
      ],
    });
    const begins = async (name: string) =>
      (await readFile(join(folder, name))).subarray(0, 3).toString('hex');
    expect(await begins('pictures/logo.png')).toBe('89504e');
    expect(await begins('garden.jpg')).toBe('ffd8ff');
    expect((await readdir(folder)).toSorted()).toEqual(['garden.jpg', 'pictures']);
  });
});
