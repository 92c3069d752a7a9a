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
  expect(made.out).toMatch(
    /^# gatehouse begin --mode split --tls --server-name media\.example\.org --cache \/var\/cache\/nginx-gatehouse\n/,
  );
  // As an admin has it: indented, with lines of their own.
  const own = made.out.replace(/^/gm, '  ').replaceAll('letsencrypt/live', 'mine');
  await writeFile(join(folder, 'site.conf'), `# mine\n${own}\n# mine too\n`);
  const fine = await runProgram(folder, 'nginx', '--check', 'site.conf');
  expect([fine.code, fine.out]).toEqual([0, 'site.conf has all that it needs\n']);

  // One that was made before there was a cache stays as good as it was; a page that is not kept any more is named.
  const before = await runProgram(folder, 'nginx', '--mode', 'split', '--tls', '--cache', 'off');
  await writeFile(join(folder, 'before.conf'), before.out.replace(' --cache off', ''));
  const asBefore = await runProgram(folder, 'nginx', '--check', 'before.conf');
  expect([asBefore.code, asBefore.out]).toEqual([0, 'before.conf has all that it needs\n']);
  await writeFile(join(folder, 'less.conf'), made.out.replace(/^.*= "\/web\/".*$/m, ''));
  const less = await runProgram(folder, 'nginx', '--check', 'less.conf');
  expect([less.code, less.out.split('\n')[1]]).toEqual([
    1,
    '  if ($request_uri = "/web/") { set $gatehouse_cache gatehouse_page; }',
  ]);

  await writeFile(join(folder, 'config.yaml'), `${CONFIG}mods: { login-notice: { text: Hi } }\n`);
  const lacking = await runProgram(folder, 'nginx', '--check', 'site.conf');
  expect(lacking.code).toBe(1);
  expect(lacking.out.split('\n')).toContain(
    '  /branding/configuration/?$ { set $gatehouse_upstream http://gatehouse; }',
  );
  expect(lacking.out).toMatch(
    /make it anew: gatehouse nginx --mode split --tls --server-name media\.example\.org --cache \/var\/cache\/nginx-gatehouse\n$/,
  );
});

it('knows a snippet again in the file that Nginx Proxy Manager made of it, with the names of the containers', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  const containers =
    'listen: { host: 0.0.0.0, trustedProxies: [172.18.0.0/16] }\njellyfin: { url: http://jellyfin:8096 }\n';
  await writeFile(join(folder, 'config.yaml'), containers);
  const typed = [
    '--mode',
    'split',
    '--snippet',
    '--gatehouse',
    'http://gatehouse:8097',
    '--resolver',
    '127.0.0.11',
  ];
  const made = await runProgram(folder, 'nginx', ...typed);
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toMatch(
    /^# gatehouse begin --mode split --snippet --gatehouse http:\/\/gatehouse:8097 --resolver 127\.0\.0\.11\n/,
  );
  expect(made.out).toContain('set $gatehouse_upstream http://jellyfin:8096;');
  expect(made.out).not.toMatch(/127\.0\.0\.1\b|^(?:map|upstream|server) /m);
  const hosted = `server {\n  set $server "gatehouse";\n${made.out}\n  include /data/nginx/custom/server_proxy[.]conf;\n}\n`;
  await writeFile(join(folder, '1.conf'), hosted);
  const fine = await runProgram(folder, 'nginx', '--check', '1.conf');
  expect([fine.code, fine.out, fine.err]).toEqual([0, '1.conf has all that it needs\n', '']);

  await writeFile(
    join(folder, 'config.yaml'),
    `${containers.replace('jellyfin:8096', 'nas:8096')}mods: { login-notice: { text: Hi } }\n`,
  );
  const lacking = await runProgram(folder, 'nginx', '--check', '1.conf');
  expect(lacking.code).toBe(1);
  expect(lacking.out.split('\n')).toEqual([
    '1.conf lacks, for the configuration in force:',
    String.raw`  if ($request_uri ~ "^(?<gatehouse_path>/[\w/.~@=,:+-]*+)(?![^?])") { set $gatehouse_upstream http://nas:8096; }`,
    // The letters of a path are looked at before it is.
    expect.stringMatching(
      /^ {2}if \(\$gatehouse_path ~\* "\(\?x\)\(\?!\/\[\^\.\/abdeglsuw\]\).*b\(\?!randing\/c\).*\(\?:$/,
    ),
    '  /branding/configuration/?$ { set $gatehouse_upstream http://gatehouse:8097; }',
    '  if ($gatehouse_upstream = http://nas:8096) { return 502; }',
    '  set $gatehouse_upstream http://nas:8096;',
    `make it anew: gatehouse nginx ${typed.join(' ')}`,
    '',
  ]);
});

it('refuses what cannot be: a server block of a snippet, addresses with a path, names of name servers', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), JELLYFIN);
  const full = ['nginx', '--mode', 'full'];
  const runs = await Promise.all([
    runProgram(folder, ...full, '--snippet', '--tls'),
    runProgram(folder, ...full, '--snippet', '--jellyfin', 'http://jellyfin:8096/jellyfin'),
    runProgram(folder, ...full, '--snippet', '--gatehouse', 'http://a;b'),
    runProgram(folder, ...full, '--snippet', '--resolver', 'dns.example'),
    runProgram(folder, ...full, '--snippet', '--cache', '/var/cache/x'),
    runProgram(folder, ...full, '--server-name', 'a.example', '--cache', 'x; evil'),
    runProgram(folder, ...full, '--snippet', '--gatehouse', 'http://gatehouse:8097'),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([64, 64, 64, 64, 64, 64, 0]);
  expect(runs.map(({ err }) => err.split('\n').at(-2))).toEqual([
    expect.stringMatching(/--snippet has no --tls/),
    expect.stringMatching(/--jellyfin takes an address .*a base URL is taken from jellyfin\.url/),
    expect.stringMatching(/--gatehouse takes an address such as http:\/\/gatehouse:8097/),
    expect.stringMatching(/--resolver takes the address of a name server/),
    expect.stringMatching(/--snippet has no --cache/),
    expect.stringMatching(/--cache takes the path of a folder/),
    expect.stringMatching(/^warning: listen\.trustedProxies is empty/),
  ]);
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
