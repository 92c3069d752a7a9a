import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { runProgram } from '../../support/program/program.ts';

const JELLYFIN = 'jellyfin: { url: http://127.0.0.1:8096 }\n';

it('prints the configuration of a proxy in front, under the name of public.url', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  const config = `listen: { trustedProxies: [127.0.0.1] }\npublic: { url: https://media.example.org }\n${JELLYFIN}`;
  await writeFile(join(folder, 'config.yaml'), config);
  const [caddy, apache, labels] = await Promise.all([
    runProgram(folder, 'reverse-proxy', 'caddy', '--tls', '--mode', 'split'),
    runProgram(folder, 'reverse-proxy', 'apache', '--mode', 'full', '--server-name', 'b.example'),
    runProgram(folder, 'reverse-proxy', 'traefik-labels'),
  ]);
  expect([caddy, apache, labels].map(({ code, err }) => [code, err])).toEqual(Array(3).fill([0, '']));
  expect(caddy.out).toMatch(
    /^# Made by `gatehouse reverse-proxy caddy --mode split --tls --server-name media\.example\.org`\.$/m,
  );
  expect(caddy.out).toMatch(/^media\.example\.org \{$/m);
  expect(apache.out).toMatch(/^<VirtualHost \*:80>\n {4}ServerName b\.example$/m);
  expect(labels.out).toContain('Host(`media.example.org`)');
});

it('says what is missing: a proxy, a name, another way than the one there is, and the proxy in listen.trustedProxies', {
  timeout: 120_000,
}, async () => {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), JELLYFIN);
  const runs = await Promise.all([
    runProgram(folder, 'reverse-proxy'),
    runProgram(folder, 'reverse-proxy', 'cady'),
    runProgram(folder, 'reverse-proxy', 'nginx'),
    runProgram(folder, 'reverse-proxy', 'haproxy', '--mode', 'split'),
    runProgram(folder, 'reverse-proxy', 'caddy', '--mode', 'half'),
    runProgram(folder, 'reverse-proxy', 'caddy'),
  ]);
  expect(runs.map(({ code, out }) => [code, out])).toEqual(Array(6).fill([64, '']));
  expect(runs.map(({ err }) => err.split('\n').at(-2))).toEqual([
    expect.stringMatching(/PROXY is missing/),
    expect.stringMatching(/not "cady"; did you mean caddy\?/),
    expect.stringMatching(/gatehouse nginx/),
    expect.stringMatching(/--mode split is there for .* caddy: haproxy has --mode full/),
    expect.stringMatching(/full or split, not "half"/),
    expect.stringMatching(/give --server-name NAME/),
  ]);
  expect(runs[5]?.err).toMatch(/warning: listen\.trustedProxies does not name 127\.0\.0\.1/);
});
