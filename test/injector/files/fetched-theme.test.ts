import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type ModFilesSettings, readModFiles } from '../../../injector/files/mod-files.ts';
import { updateFiles } from '../../../injector/files/update-files.ts';
import { type FileRef, keyOf, type ServedFile } from '../../../injector/kit/file-option.ts';
import { modFilesSettings } from '../../support/files/mod-files-settings.ts';
import { sampleFile } from '../../support/files/sample-files.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { type FileServer, startFileServer } from '../../support/network/file-server.ts';

/** A theme of several files, as they are written by others. */
async function startTheme(): Promise<{ server: FileServer; theme: FileRef }> {
  const server = await startFileServer({
    '/css/base.css':
      'body { background: url("../img/garden.jpg?v=1") }\n@font-face { src: url(/fonts/a.eot?#iefix), url(/fonts/a.woff2) }',
    '/img/garden.jpg?v=1': sampleFile('jpg'),
    '/fonts/a.woff2': sampleFile('woff2'),
    '/fonts/a.eot': 'an old font',
  });
  server.files['/theme.css'] =
    `@import url("${server.url}/css/base.css") screen;\n@import "gone.css";\na { color: red }`;
  return { server, theme: { kind: 'style', from: `${server.url}/theme.css` } };
}

/** What one start of the program has of a file. */
async function start(settings: ModFilesSettings, file: FileRef) {
  const log = createKeptLog();
  const files = await readModFiles(settings, [file], log);
  onTestFinished(files.stop);
  const served = files.served[keyOf(file)];
  return {
    ...{ files, log },
    text: typeof served === 'object' ? (served as ServedFile).text : undefined,
    reason: typeof served === 'string' ? served : undefined,
  };
}

it('a theme of several files is fetched once, and served with its server switched off, also after a restart', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { server, theme } = await startTheme();
  const first = await start(settings, theme);
  expect(first.reason).toBeUndefined();
  expect(first.text).not.toContain('127.0.0.1');
  expect(first.text?.replace(/[\w-]{22}/g, 'HASH')).toBe(
    [
      '@media screen {',
      'body { background: url("../gatehouse/mods/HASH.jpg") }',
      '@font-face { src: url("data:,"), url("../gatehouse/mods/HASH.woff2") }',
      '}',
      'a { color: red }',
    ].join('\n'),
  );
  expect([...server.asked].sort()).toEqual([
    ...['/css/base.css', '/fonts/a.eot', '/fonts/a.woff2', '/gone.css', '/img/garden.jpg?v=1', '/theme.css'],
  ]);
  expect(first.files.assets.map(({ path }) => path.split('.')[1]).sort()).toEqual(['css', 'jpg', 'woff2']);

  await server.stop();
  const second = await start(settings, theme);
  expect(second.text).toBe(first.text);
  expect(second.files.assets.map(({ path }) => path)).toEqual(first.files.assets.map(({ path }) => path));
  expect(server.asked).toHaveLength(6);
});

it('the lock says what each address stands for', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { server, theme } = await startTheme();
  await start(settings, theme);
  const text = await readFile(settings.lockFile, 'utf8');
  expect(text).toMatch(/^# Which bytes the web addresses in config\.yaml stand for/);
  expect(text).toMatch(
    new RegExp(
      `  ${server.url}/fonts/a\\.woff2:\n    sha256: [0-9a-f]{64}\n    bytes: 10\n    fetched: "?\\d{4}-\\d\\d-\\d\\d"?\n`,
    ),
  );
  expect(text).toMatch(new RegExp(`  ${server.url}/gone\\.css:\n    absent: 404\n`));
});

it('what changed at its address does not change here until it is updated', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { server, theme } = await startTheme();
  const first = await start(settings, theme);
  await writeFile(settings.lockFile, `# mine\n${await readFile(settings.lockFile, 'utf8')}`);
  server.files['/css/base.css'] = 'body { background: black }';

  expect((await start(settings, theme)).text).toBe(first.text);
  // Also where the copy was deleted: then it is missed rather than taken.
  await rm(settings.storeFolder, { recursive: true });
  const { text, reason } = await start(settings, theme);
  expect(text).toBeUndefined();
  expect(reason).toMatch(
    /^names http:\S+\/css\/base\.css, which is not what it was on \d{4}-\d\d-\d\d any more, and its copy is gone; take it with `gatehouse mods update`$/,
  );

  const update = await updateFiles(settings, [theme], { isWhole: true, now: Date.UTC(2031, 1, 3) });
  expect(update.problems).toEqual([]);
  const changed = update.addresses.filter(
    ({ before, after }) => JSON.stringify(before) !== JSON.stringify({ ...after, fetched: before?.fetched }),
  );
  expect(
    changed.map(({ address, before, after }) => [new URL(address).pathname, before && 'was', after && 'is']),
  ).toEqual([
    ['/css/base.css', 'was', 'is'],
    ['/fonts/a.eot', 'was', undefined],
    ['/fonts/a.woff2', 'was', undefined],
    ['/img/garden.jpg', 'was', undefined],
  ]);
  const lock = await readFile(settings.lockFile, 'utf8');
  expect(lock).toMatch(/^# mine\n/);
  expect(lock).toContain('2031-02-03');
  expect(lock).not.toContain('woff2');
  expect((await start(settings, theme)).text).toContain('body { background: black }');
});

it('an update of which a part cannot be had changes nothing', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { server, theme } = await startTheme();
  await start(settings, theme);
  const lock = await readFile(settings.lockFile, 'utf8');
  server.files['/css/base.css'] = 'b { background: url(/broken.png) }';
  server.files['/broken.png'] = 503;
  const { problems, addresses } = await updateFiles(settings, [theme], { isWhole: true, now: 0 });
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^names \S+base\.css, which names \/broken\.png, which is answered with 503 by its server/,
    ),
  ]);
  expect(addresses).toEqual([]);
  expect(await readFile(settings.lockFile, 'utf8')).toBe(lock);
});

it('what cannot be fetched leaves its mod out, and comes by itself when it can', async () => {
  const settings = modFilesSettings(await tempFolder());
  const server = await startFileServer({ '/a.png': 503 });
  const file: FileRef = { kind: 'picture', from: `${server.url}/a.png` };
  const files = await readModFiles(settings, [file], createKeptLog(), { first: 10, last: 20 });
  onTestFinished(files.stop);
  expect(files.served[keyOf(file)]).toBe('is answered with 503 by its server; open it in a browser');
  const others = vi.fn();
  files.follow(others);
  await expect.poll(() => server.asked.length).toBeGreaterThan(3);
  expect(others).not.toHaveBeenCalled();
  server.files['/a.png'] = sampleFile('png');
  await expect.poll(() => others.mock.calls.length).toBe(1);
  expect(others.mock.calls[0]?.[0]).toMatchObject({
    served: { [keyOf(file)]: { href: expect.stringMatching(/\.png$/) } },
    assets: [{ contentType: 'image/png' }],
  });
});

it('where nothing can be written beside config.yaml, it says so and goes on from the cache', async () => {
  const folder = await tempFolder();
  const { server, theme } = await startTheme();
  // As for a folder that is mounted read-only: there is no lock, and none can be made.
  const settings = { ...modFilesSettings(folder), lockFile: join(folder, 'missing-folder/mods.lock.yaml') };
  const first = await start(settings, theme);
  expect(first.text).toBeDefined();
  expect(first.log.lines).toEqual([
    expect.objectContaining({ level: 'warn', event: 'mods-lock-not-written', file: settings.lockFile }),
  ]);
  await server.stop();
  const second = await start(settings, theme);
  expect(second.text).toBe(first.text);
  expect(second.log.lines).toEqual([]);
});

it('a lock that was damaged is not written over, and says what to do', async () => {
  const settings = modFilesSettings(await tempFolder());
  const { server, theme } = await startTheme();
  for (const damaged of ['files: [', 'files: { "http://a/": { sha256: x } }', '- a']) {
    await writeFile(settings.lockFile, damaged);
    const { reason } = await start(settings, theme);
    expect(reason).toMatch(
      /^is not fetched: mods\.lock\.yaml (?:is no YAML|does not hold what Gatehouse wrote); mend it, /,
    );
    expect(await readFile(settings.lockFile, 'utf8')).toBe(damaged);
  }
  expect(server.asked).toEqual([]);
});

it('a theme that redirects is relative to where it leads', async () => {
  const settings = modFilesSettings(await tempFolder());
  const server = await startFileServer({ '/v2/a.css': 'a{b:url(x.png)}', '/v2/x.png': sampleFile('png') });
  server.files['/latest'] = (response) => void response.writeHead(302, { Location: '/v2/a.css' }).end();
  const theme: FileRef = { kind: 'style', from: `${server.url}/latest` };
  const first = await start(settings, theme);
  expect(first.text).toMatch(/\.png/);
  await server.stop();
  expect((await start(settings, theme)).text).toBe(first.text);
});
