import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from './support/files/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

const REFUSED = ['it', 'test', 'describe'].flatMap((what) => [
  ...['skip', 'only', 'todo', 'skipIf(isSo)', 'runIf(isSo)'].map((how) => `${what}.${how}('x', run);`),
  ...['skip', 'only'].map((how) => `${what}.${how}.each([1])('x', run);`),
]);

/** Numbers of the lines at which Biome, with our rules, complains about a test file that holds them. */
async function linesRefused(lines: readonly string[]): Promise<number[]> {
  const folder = await tempFolder();
  const rules = (await readFile(join(ROOT, 'biome.json'), 'utf8'))
    .replace('"enabled": true, "clientKind"', '"enabled": false, "clientKind"')
    .replaceAll('"./', `"${ROOT.replaceAll('\\', '/')}/`);
  await writeFile(join(folder, 'biome.json'), rules);
  await writeFile(join(folder, 'some.test.ts'), `${lines.join('\n')}\n`);
  const { stdout } = spawnSync(
    process.execPath,
    [BIOME, 'lint', '--max-diagnostics=none', '--reporter=github', 'some.test.ts'],
    { cwd: folder, encoding: 'utf8' },
  );
  const found = [
    ...stdout.matchAll(
      /^::error title=(?:plugin|lint\/suspicious\/no(?:Skipped|Focused)Tests),.*?,line=(\d+),/gm,
    ),
  ];
  return [...new Set(found.map(([, line]) => Number(line)))].sort((a, b) => a - b);
}

it('a test that does not run is refused, and one for some systems needs its reason', async () => {
  const reason = '// biome-ignore lint/plugin: only Linux has this';
  const allowed = [
    "it('x', run);",
    reason,
    "it.runIf(process.platform === 'linux')('x', run);",
    'list.only(1);',
  ];
  expect(await linesRefused([...REFUSED, ...allowed])).toEqual(REFUSED.map((_, index) => index + 1));
});
