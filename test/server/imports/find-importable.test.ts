import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findImportable } from '../../../server/imports/find-importable.ts';
import { importPlaces } from '../../../server/imports/import-places.ts';
import { importCommandOf } from '../../../server/imports/recognise-folder.ts';
import { MAY_MOUNT } from '../../support/files/small-disk.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import {
  makeJfaGoFolder,
  makeSeerrDatabase,
  makeWizarrDatabase,
  openSource,
} from '../../support/imports/sample-sources.ts';

const FINDER = join(import.meta.dirname, '../../../server/imports/find-importable.ts');

const NOWHERE = { shelves: [], volumes: [], homes: [] };

const SEERR_SETTINGS = JSON.stringify({ main: {}, jellyfin: { name: 'Films' } });

async function put(from: string, to: string): Promise<string> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
  return to;
}

async function putText(text: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await writeFile(to, text);
}

/** What is found, without what the machine that runs the tests may have open. */
async function commandsIn(folder: string, places: Partial<Parameters<typeof findImportable>[0]>) {
  const { found } = await findImportable({ ...NOWHERE, ...places });
  return found.map(importCommandOf).filter((command) => command.includes(folder));
}

describe('what contacts can be imported from is found', () => {
  test('in a folder of its name, in a volume of any name and in the home of another user, with the command for each', async () => {
    const root = await tempFolder();
    const seerr = await put(await makeSeerrDatabase(), join(root, 'opt/Jellyseerr/config/db/db.sqlite3'));
    await putText(SEERR_SETTINGS, join(root, 'opt/Jellyseerr/config/settings.json'));
    const wizarr = await put(
      await makeWizarrDatabase(),
      join(root, 'volumes/4711/_data/database/database.db'),
    );
    const old = join(root, 'home/anna maria/.config/jfa-go');
    await cp(await makeJfaGoFolder(), old, { recursive: true });
    await putText('[jellyfin]\n', join(old, 'config.ini'));

    const places = {
      shelves: [join(root, 'opt')],
      volumes: [join(root, 'volumes')],
      homes: [join(root, 'home')],
    };
    expect(await commandsIn(root, places)).toEqual([
      `gatehouse contacts import seerr ${seerr}`,
      `gatehouse contacts import jfa-go '${old}'`,
      `gatehouse contacts import wizarr ${wizarr}`,
    ]);
    for (const [name, place] of [
      ['seerr', seerr],
      ['wizarr', wizarr],
      ['jfa-go', old],
    ] as const) {
      const source = await openSource(name, place);
      let rows = 0;
      for await (const _ of source.read()) rows += 1;
      expect(rows, name).toBeGreaterThan(0);
    }
  });

  test('by its web address, where only the program itself can read what it keeps', async () => {
    const root = await tempFolder();
    await putText(SEERR_SETTINGS, join(root, 'seerr/settings.json'));
    await putText('[jellyfin]\n', join(root, 'jfa-go/config.ini'));
    await putText('', join(root, 'jfa-go/db/MANIFEST'));
    await putText('{}', join(root, 'jfa-go/emails.json'));
    const { found } = await findImportable({ ...NOWHERE, shelves: [root] });
    expect(found.map(importCommandOf)).toEqual(
      expect.arrayContaining([
        'gatehouse contacts import seerr http://127.0.0.1:5055',
        'gatehouse contacts import jfa-go http://127.0.0.1:8056 --user ADMIN',
      ]),
    );
  });

  test('but nothing that others call so too: a Django, an Overseerr without Jellyfin, a file that is no database', async () => {
    const root = await tempFolder();
    const database = await makeSeerrDatabase();
    await put(database, join(root, 'volumes/django/_data/db/db.sqlite3'));
    await put(database, join(root, 'opt/overseerr/db/db.sqlite3'));
    await putText('{"main":{},"plex":{}}', join(root, 'opt/overseerr/settings.json'));
    await putText('not one', join(root, 'opt/wizarr/database/database.db'));
    await put(await makeWizarrDatabase(), join(root, 'volumes/other/_data/database.db'));
    const places = { shelves: [join(root, 'opt')], volumes: [join(root, 'volumes')] };
    expect(await commandsIn(root, places)).toEqual([]);
  });

  // biome-ignore lint/plugin: only Linux tells what a process has open
  test.runIf(process.platform === 'linux')('by the process that has it open, wherever it is', async () => {
    const root = await tempFolder();
    const database = await put(await makeSeerrDatabase(), join(root, 'somewhere/db/db.sqlite3'));
    await putText(SEERR_SETTINGS, join(root, 'somewhere/settings.json'));
    const script = `require('node:fs').openSync(process.argv[1]); process.stdout.write('.'); setInterval(() => {}, 1000)`;
    const child = spawn(process.execPath, ['-e', script, database]);
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(await commandsIn(root, {})).toEqual([`gatehouse contacts import seerr ${database}`]);
  });
});

// biome-ignore lint/plugin: what a container has mounted, only root on Linux may mount
test.runIf(MAY_MOUNT)('what is in a container alone is told, with the process', async () => {
  const inside = join(await tempFolder(), 'config');
  await mkdir(inside);
  const database = join(inside, 'db/db.sqlite3');
  const script = `mount -t tmpfs none '${inside}' && mkdir '${inside}/db' && cp '${await makeSeerrDatabase()}' '${database}' && exec "$@"`;
  const hold = `require('node:fs').openSync(process.argv[1]); process.stdout.write('.'); setInterval(() => {}, 1000)`;
  const words = ['--mount', 'sh', '-c', script, 'sh', process.execPath, '-e', hold, database];
  const child = spawn('unshare', words);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const { hidden, found } = await findImportable(NOWHERE);
  expect(hidden).toContain(`${database} of process ${child.pid}`);
  expect(found.map(({ place }) => place)).not.toContain(database);
});

test('never rejects: what is not there, is a file or comes too late is left out', async () => {
  const root = await tempFolder();
  await writeFile(join(root, 'file'), '');
  const places = { shelves: ['/nowhere', join(root, 'file')], volumes: [root], homes: ['/nowhere'] };
  expect(await findImportable(places)).toMatchObject({ closed: [], isWhole: true });
  const many = Array.from({ length: 2_000 }, (_, n) => join(root, `shelf${n}`));
  expect(await findImportable({ ...NOWHERE, shelves: many }, 0)).toMatchObject({ isWhole: false });
});

test('a folder that may not be looked at is told, once', async () => {
  const root = await tempFolder();
  await chmod(root, 0o755);
  await mkdir(join(root, 'closed'));
  await chmod(join(root, 'closed'), 0o000);
  const places = { ...NOWHERE, shelves: [join(root, 'closed'), join(root, 'closed/docker')] };
  const script = `import { findImportable } from ${JSON.stringify(FINDER)};
    process.stdout.write(JSON.stringify((await findImportable(${JSON.stringify(places)})).closed));`;
  // Root may look at everything.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], user);
  expect(JSON.parse(run.stdout)).toEqual([join(root, 'closed')]);
});

test('the usual places are those of the system', () => {
  const linux = importPlaces({ environment: { XDG_CONFIG_HOME: '/c' }, platform: 'linux', home: '/root' });
  expect(linux.shelves).toEqual(expect.arrayContaining(['/c', '/opt', '/root/docker', '/mnt/user/appdata']));
  expect(linux.volumes).toContain('/var/lib/docker/volumes');
  const windows = importPlaces({ environment: { APPDATA: 'C:\\a' }, platform: 'win32', home: 'C:\\h' });
  expect(windows).toEqual({ shelves: ['C:\\a', 'C:\\h\\docker'], volumes: [], homes: [] });
  const mac = importPlaces({ environment: {}, platform: 'darwin', home: '/Users/a' });
  expect(mac.shelves).toContain('/Users/a/Library/Application Support');
});
