import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { startFileServer } from '../../support/network/file-server.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** Really runs the program. */
function gatehouse(
  folder: string,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' };
    const child = execFile(process.execPath, [MAIN, ...args], { cwd: folder, env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

it('gatehouse mods update takes what is there now, says what is different, and keeps comments of the lock', async () => {
  const folder = await tempFolder();
  const server = await startFileServer({ '/a.css': 'a { color: red }', '/b.css': 'b {}' });
  server.files['/a.css'] = '@import "b.css"; a { color: red }';
  await writeFile(
    join(folder, 'config.yaml'),
    [
      'jellyfin: { url: http://127.0.0.1:9 }',
      'files: { allowPrivate: [127.0.0.1] }',
      `mods: { custom-css: { url: "${server.url}/a.css" } }`,
    ].join('\n'),
  );
  const first = await gatehouse(folder, ['mods', 'update']);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(
    new RegExp(
      `^${server.url}/a\\.css: new, 33 bytes, sha256 [0-9a-f]{12}…, of [\\d-]{10}\n${server.url}/b\\.css: new, 4 bytes, .*\n2 addresses changed, 0 are the same\n$`,
    ),
  );
  const lockFile = join(folder, 'mods.lock.yaml');
  await writeFile(lockFile, (await readFile(lockFile, 'utf8')).replace('files:', '# ours\nfiles:'));

  server.files['/b.css'] = 'b { }';
  const second = await gatehouse(folder, ['mods', 'update', 'custom-css']);
  expect(second).toMatchObject({ code: 0, err: '' });
  expect(second.out).toMatch(/^\S+\/b\.css: 4 bytes, .* -> 5 bytes, .*\n1 address changed, 1 is the same\n$/);
  expect(await readFile(lockFile, 'utf8')).toContain('# ours\nfiles:');

  const lock = await readFile(lockFile, 'utf8');
  await server.stop();
  const third = await gatehouse(folder, ['mods', 'update']);
  expect(third).toMatchObject({ code: 1, out: '0 addresses changed, 0 are the same\n' });
  expect(third.err).toBe(
    `gatehouse: ${server.url}/a.css stays as it was: it cannot be fetched from 127.0.0.1 (ECONNREFUSED)\n`,
  );
  expect(await readFile(lockFile, 'utf8')).toBe(lock);

  const none = await gatehouse(folder, ['mods', 'update', 'no-such-mod']);
  expect(none).toMatchObject({ code: 64, out: '' });
  expect(none.err).toMatch(
    /^gatehouse: no mod "no-such-mod" is on in .*; gatehouse mods lists all there are\n$/,
  );
});
