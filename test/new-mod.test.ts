import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMod } from '../build/new-mod.ts';
import { tempFolder } from './support/files/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const run = promisify(execFile);
let copy: string;

/** Runs a program of Node in the copy, as a shell would: nothing of this test run is in its environment. */
async function inCopy(...words: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const { stdout, stderr } = await run(process.execPath, words, { cwd: copy, env });
  return stdout + stderr;
}

/** All files of the copy that a person may write, with their contents. */
async function snapshot(): Promise<Map<string, string>> {
  const entries = await readdir(copy, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.test-results'));
  const read = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(copy, path), await readFile(path, 'utf8')] as const;
  });
  return new Map(await Promise.all(read));
}

function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => before.get(name) !== after.get(name)).toSorted();
}

/** A copy of the repository as a contributor has it, with the packages of this one. */
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'gatehouse-copy-'));
  const left = ['node_modules', 'dist', '.git', '.test-results.json'].map((name) => join(ROOT, name));
  await cp(ROOT, copy, { recursive: true, filter: (source) => !left.includes(source) });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true }));

describe('a new mod', () => {
  const FOLDER = 'injector/mods/throw-away';
  const FILES = [`${FOLDER}/cases/shown.txt`, `${FOLDER}/mod.ts`];
  const PAGES = ['docs/mods/README.md', 'docs/mods/throw-away.md'];
  const GENERATED = ['README.md', 'config.example.yaml', 'config.schema.json', ...PAGES];

  it('is its folder and its line in the index; the rest is generated, keeps the contract, and goes with it', async () => {
    const before = await snapshot();
    const index = before.get('injector/mods/index.ts') ?? '';

    expect(await inCopy('build/new-mod.ts', 'throw-away')).toContain('npm run generate');
    const after = await snapshot();
    expect(differences(before, after)).toEqual(['injector/mods/index.ts', ...FILES, ...GENERATED].toSorted());
    const contributing = after.get('CONTRIBUTING.md') ?? '';
    for (const file of [...FILES, 'injector/mods/index.ts', ...GENERATED])
      expect(contributing).toContain(
        `\`${file.replace('throw-away', 'NAME').replace('shown', 'WHAT-IT-SHOWS')}\``,
      );

    expect(after.get('README.md')).toContain('| [`throw-away`](docs/mods/throw-away.md) | Throw away |');
    expect(after.get('docs/mods/throw-away.md')).toContain(
      '| `text` | text | needed | What the page is marked with. |',
    );
    expect(after.get('config.example.yaml')).toContain('  #throw-away:\n');
    const schema = JSON.parse(after.get('config.schema.json') ?? '');
    expect(schema.properties.mods.properties['throw-away'].description).toBe(
      'Throw away: true, false, its options, or a list of them for different times.',
    );
    expect(await inCopy('server/main.ts', 'mods')).toContain('throw-away  Throw away\n');

    // Style, types, and what every mod and its cases are held to.
    await inCopy('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', 'injector/mods');
    await writeFile(
      join(copy, 'tsconfig.mod.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [`${FOLDER}/mod.ts`, 'injector/mods/index.ts'] }),
    );
    await inCopy('node_modules/typescript/bin/tsc', '-p', 'tsconfig.mod.json');
    await rm(join(copy, 'tsconfig.mod.json'));
    const report = await inCopy(
      ...['node_modules/vitest/vitest.mjs', 'run', '--reporter=verbose'],
      ...['test/mods.test.ts', 'test/mods-contract.test.ts', 'test/server/config/example.test.ts'],
    );
    expect(report).toContain('mod throw-away');
    expect(report).toContain('throw-away: shown');

    await rm(join(copy, FOLDER), { recursive: true });
    await writeFile(join(copy, 'injector/mods/index.ts'), index);
    await inCopy('build/generate.ts');
    expect(differences(before, await snapshot())).toEqual([]);
  }, 180_000);

  it('brings its code and its texts into the program that is installed, and its cases not', async () => {
    await inCopy('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
    const built = await readdir(join(copy, 'dist/injector/mods'), { recursive: true });
    expect(built).toContain(join('forgot-password', 'mod.js'));
    expect(built).toContain(join('forgot-password', 'texts.json'));
    expect(built.filter((name) => /cases|\.txt$/.test(name))).toEqual([]);
    // Everything else of the package is named one by one.
    const { files } = JSON.parse(await readFile(join(copy, 'package.json'), 'utf8'));
    const beside = files.filter((name: string) => !name.startsWith('dist/'));
    expect(beside).toEqual(['bin', 'config.example.yaml', 'config.schema.json']);
    await rm(join(copy, 'dist'), { recursive: true });
  }, 120_000);

  it('stands before the mods that must come last, in one line', async () => {
    const root = await tempFolder();
    await cp(join(ROOT, 'injector/mods/index.ts'), join(root, 'injector/mods/index.ts'));
    createMod(root, 'abc');
    createMod(root, 'zoom-in');
    const lines = (await readFile(join(root, 'injector/mods/index.ts'), 'utf8')).split('\n');
    const last = lines.findIndex((line) => line.startsWith('  // Last'));
    expect(lines.slice(last - 2, last)).toEqual([
      "  { name: 'abc', load: () => import('./abc/mod.ts') },",
      "  { name: 'zoom-in', load: () => import('./zoom-in/mod.ts') },",
    ]);
  });

  it.each([
    ['Film-Night', 'use small letters with - between the words'],
    ['../escape', 'use small letters with - between the words'],
    ['film--night', 'use small letters with - between the words'],
    ['a'.repeat(41), 'at most 40'],
    ['page-title', '"page-title" is taken: injector/mods/page-title is there already'],
    ['delete', '"delete" means something else in TypeScript'],
    ['define-mod', '"defineMod" means something else in TypeScript'],
  ])('is refused with the name %s: %s, and nothing is written', async (name, sentence) => {
    const before = await snapshot();
    const error = await inCopy('build/new-mod.ts', name).catch((failed: unknown) => failed);
    expect(error).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(sentence) });
    expect(differences(before, await snapshot())).toEqual([]);
  });

  it('needs one name', async () => {
    const error = await inCopy('build/new-mod.ts').catch((failed: unknown) => failed);
    expect(error).toMatchObject({ code: 64, stderr: 'usage: npm run new:mod NAME\n' });
  });
});
