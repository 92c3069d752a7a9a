import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { runProgram } from '../../support/program/program.ts';

const JELLYFIN = 'jellyfin: { url: http://127.0.0.1:8096 }\n';
const CONFIG = `listen: { trustedProxies: [127.0.0.1] }\npublic: { url: https://media.example.org }\n${JELLYFIN}`;

it('says what a file in place lacks once a mod is switched on, and ends with 1', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), CONFIG);
  const made = await runProgram(folder, 'nginx', '--mode', 'split', '--tls');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toMatch(/^# gatehouse begin --mode split --tls --server-name media\.example\.org\n/);
  // As an admin has it: indented, with lines of their own.
  const own = made.out.replace(/^/gm, '  ').replaceAll('letsencrypt/live', 'mine');
  await writeFile(join(folder, 'site.conf'), `# mine\n${own}\n# mine too\n`);
  const fine = await runProgram(folder, 'nginx', '--check', 'site.conf');
  expect([fine.code, fine.out]).toEqual([0, 'site.conf has all that it needs\n']);

  await writeFile(join(folder, 'config.yaml'), `${CONFIG}mods: { login-notice: { text: Hi } }\n`);
  const lacking = await runProgram(folder, 'nginx', '--check', 'site.conf');
  expect(lacking.code).toBe(1);
  expect(lacking.out.split('\n')).toContain(
    '  if ($gatehouse_path ~* "/branding/configuration/?$") { set $gatehouse_way rewritten; }',
  );
  expect(lacking.out).toMatch(
    /make it anew: gatehouse nginx --mode split --tls --server-name media\.example\.org\n$/,
  );
});

it('says what is missing: a mode, a name, the marks of a file, and nginx in listen.trustedProxies', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), JELLYFIN);
  await writeFile(join(folder, 'site.conf'), 'server { }\n');
  const runs = await Promise.all([
    runProgram(folder, 'nginx'),
    runProgram(folder, 'nginx', '--mode', 'full'),
    runProgram(folder, 'nginx', '--check', 'site.conf'),
    runProgram(folder, 'nginx', '--mode', 'full', '--server-name', 'a;b'),
  ]);
  expect(runs.map(({ code, out }) => [code, out])).toEqual([
    [64, ''],
    [64, ''],
    [1, ''],
    [64, ''],
  ]);
  expect(runs.map(({ err }) => err.split('\n').at(-2))).toEqual([
    expect.stringMatching(/--mode takes full .* or split/),
    expect.stringMatching(/give --server-name NAME/),
    expect.stringMatching(/site\.conf has no part that gatehouse nginx made/),
    expect.stringMatching(/--server-name takes a name/),
  ]);
  expect(runs[1]?.err).toMatch(/warning: listen\.trustedProxies does not name 127\.0\.0\.1/);
});
