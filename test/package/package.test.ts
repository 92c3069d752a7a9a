import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MODS } from '../../injector/mods/all.ts';
import { freePort } from '../support/network/free-port.ts';
import { ensureNode22 } from '../support/program/node-22.ts';
import { installPacked, type Packed, packPackage } from '../support/program/packed.ts';
import { ROOT } from '../support/runner/projects.ts';

/** As docs/npm.md says. */
const MOST_PACKED_BYTES = 1_200_000;
const MOST_UNPACKED_BYTES = 4_500_000;

const GATEHOUSE = 'node_modules/.bin/gatehouse';

let folder: string;
let packed: Packed;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-package-'));
  packed = packPackage(folder);
  installPacked(folder, packed);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const NODES = [
  ['22.19', ensureNode22()],
  ['24', process.execPath],
] as const;

/** Runs a program in the folder, by that Node.js and with nothing else of ours in its environment. */
function run(node: string, command: string, ...args: readonly string[]) {
  const env = { PATH: `${dirname(node)}${delimiter}${process.env['PATH']}`, HOME: folder };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(command, args, { cwd: folder, env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

describe('the package', () => {
  it('has what runs and what describes it, and no source, test or map', () => {
    const kinds = new Set(packed.paths.map((path) => /(?:\.d)?\.\w+$/.exec(path)?.[0] ?? path));
    expect([...kinds].toSorted()).toEqual(
      ['.css', '.d.ts', '.html', '.js', '.json', '.md', '.mjs', '.txt', '.yaml', 'LICENSE'].toSorted(),
    );
    expect(packed.paths.filter((path) => /test|\.map$|(?<!\.d)\.ts$/.test(path))).toEqual([]);
    expect(packed.paths).toEqual(
      expect.arrayContaining(['dist/server/main.js', 'dist/ui/index.html', 'dist/client/runtime.js']),
    );
  });

  it('is as small as docs/npm.md says', () => {
    expect(packed.size).toBeLessThan(MOST_PACKED_BYTES);
    expect(packed.unpackedSize).toBeLessThan(MOST_UNPACKED_BYTES);
    const page = readFileSync(join(ROOT, 'docs/npm.md'), 'utf8');
    expect(page).toContain(`at most ${MOST_PACKED_BYTES / 1000} kB packed`);
    expect(page).toContain(`${MOST_UNPACKED_BYTES / 1_000_000} MB unpacked`);
  });
});

describe.each(NODES)('installed in an empty folder, on Node.js %s', (_version, node) => {
  it('npx jellyfin-gatehouse lists its commands, and says what is missing to serve', async () => {
    const bare = await run(node, 'npx', '--offline', 'jellyfin-gatehouse');
    expect(bare.err).toContain('serve');
    expect(bare.code).toBe(64);
    const serve = await run(node, node, GATEHOUSE, 'serve');
    expect(serve.err).toContain('GATEHOUSE_JELLYFIN__URL');
    expect(serve.code).toBe(78);
  });

  it('has all its mods, serves with some, and ends when it is told to', async () => {
    expect((await run(node, node, GATEHOUSE, 'mods')).out.split('\n')).toEqual(
      expect.arrayContaining(MODS.map(({ name, title }) => `${name}  ${title}`)),
    );
    const port = await freePort();
    const mods = { 'page-title': { title: 'x' }, seasons: true, 'login-notice': { text: 'x' } };
    const config = { listen: { host: '127.0.0.1', port }, jellyfin: { url: 'http://127.0.0.1:9' }, mods };
    const configPath = join(folder, `serve-${port}.yaml`);
    await writeFile(configPath, JSON.stringify(config));
    const child = spawn(node, [join(folder, GATEHOUSE), 'serve', '--config', configPath], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += String(chunk);
    });
    const health = await vi.waitFor(
      async () => (await fetch(`http://127.0.0.1:${port}/gatehouse/health`)).json(),
      {
        timeout: 20_000,
        interval: 100,
      },
    );
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(said).toBe('');
    expect(health).toMatchObject({ status: 'not ready', mods: { 'page-title': 'on', seasons: 'on' } });
  });

  it('gives the injector to import, and no file that is not meant to be', async () => {
    await writeFile(
      join(folder, 'probe.mjs'),
      `import { createInjector } from 'jellyfin-gatehouse/injector';
await createInjector({ jellyfinUrl: 'http://127.0.0.1:9', mods: { 'page-titel': true } }).catch((error) => console.log(error.message));
const injector = await createInjector({ jellyfinUrl: 'http://127.0.0.1:9', mods: { 'page-title': { title: 'x' } } });
await injector.close();
for (const name of ['jellyfin-gatehouse', 'jellyfin-gatehouse/dist/server/main.js'])
  await import(name).then(() => console.log('found', name), (error) => console.log(error.code));
`,
    );
    const { code, out, err } = await run(node, node, 'probe.mjs');
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      'createInjector mods.page-titel: is not a field; did you mean page-title?',
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
      '',
    ]);
    expect(code).toBe(0);
  });
});

it('its types are checked by a program of somebody else’s, without skipLibCheck', async () => {
  const consumer = join(folder, 'consumer');
  await mkdir(consumer);
  const options = {
    ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2024', lib: ['es2024'] },
    ...{ strict: true, skipLibCheck: false, noEmit: true, types: ['node'] },
  };
  await writeFile(
    join(consumer, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: options, files: ['app.ts'] }),
  );
  await writeFile(join(consumer, 'package.json'), '{ "type": "module" }');
  await mkdir(join(consumer, 'node_modules'));
  for (const name of ['@types', 'undici-types'])
    await symlink(join(ROOT, 'node_modules', name), join(consumer, 'node_modules', name));
  await writeFile(
    join(consumer, 'app.ts'),
    `import { createServer } from 'node:http';
import express from 'express';
import { createInjector, type Injector, type InjectorOptions } from 'jellyfin-gatehouse/injector';

const options: InjectorOptions = { jellyfinUrl: 'http://jellyfin', mods: { fonts: true, hide: [{ what: ['x'] }, false] } };
const injector: Injector = await createInjector(options);
express().use(injector);
createServer((request, response) => injector(request, response, () => response.end()));
await injector.reload({ ...options, log: { debug() {}, info() {}, warn: ({ event }, message) => [event, message], error() {} } });
// @ts-expect-error the address of Jellyfin is needed
await createInjector({});
// @ts-expect-error there is no such option
await createInjector({ jellyfinUrl: '', mod: {} });
await injector.close();
`,
  );
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  expect(await run(process.execPath, tsc, '-p', consumer)).toEqual({ code: 0, out: '', err: '' });
});
