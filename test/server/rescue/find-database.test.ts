import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostPathOf } from '../../../server/machine/host-path.ts';
import { findHolders, findOpenFiles } from '../../../server/machine/process-table.ts';
import { refuseOtherDatabase } from '../../../server/rescue/database-settings.ts';
import { findDatabase } from '../../../server/rescue/find-database.ts';
import { MAY_MOUNT } from '../../support/files/small-disk.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeDatabase } from '../../support/rescue/jellyfin-database.ts';
import { startStanding } from '../../support/rescue/standing-jellyfin.ts';

describe('jellyfin.db is found', () => {
  test('by its own name, by the data folder, by the folder in that, and through a link', async () => {
    const { path, dataFolder } = await makeDatabase('12.0');
    const link = join(await tempFolder(), 'library.db');
    symlinkSync(path, link);
    for (const named of [path, dataFolder, join(dataFolder, 'data'), link])
      expect(await findDatabase({ named, places: [] })).toEqual({ path, install: 'named by you' });
    await expect(findDatabase({ named: '/nowhere', places: [] })).rejects.toThrow('/nowhere is no file');
  });

  test.each([
    [
      'is kept by something else',
      '<DatabaseType>Jellyfin-PgSql</DatabaseType>',
      /keeps its data with Jellyfin-PgSql/,
    ],
    [
      'was moved',
      '<DatabaseType>Jellyfin-SQLite</DatabaseType><Options><CustomDatabaseOption><Key>path</Key>\n<Value>/fast/jf.db</Value>',
      /database is \/fast\/jf\.db; name it/,
    ],
  ])('but not the one in the data folder where it %s', async (_how, settings, says) => {
    const { path, dataFolder } = await makeDatabase('12.0');
    const refuse = (): Promise<void> => refuseOtherDatabase(dataFolder);
    await expect(refuse()).resolves.toBeUndefined();
    mkdirSync(join(dataFolder, 'config'));
    writeFileSync(join(dataFolder, 'config/database.xml'), settings);
    await expect(refuse()).rejects.toThrow(says);
    // Whoever names the file means that one.
    expect((await findDatabase({ named: dataFolder, places: [] })).path).toBe(path);
  });

  // biome-ignore lint/plugin: only Linux tells what a process has open
  test.runIf(process.platform === 'linux')('by the process that has it open', async () => {
    const { path } = await makeDatabase('12.0');
    const { pid } = await startStanding(path);
    const open = (await findOpenFiles(['jellyfin.db'])).filter((file) => file.pid === pid);
    expect(open.map((file) => file.path)).toEqual([path]);
  });

  // biome-ignore lint/plugin: what a container has mounted, only root on Linux may mount
  test.runIf(MAY_MOUNT)('by the path of this machine, where a container calls it otherwise', async () => {
    const { path, dataFolder } = await makeDatabase('12.0');
    const inside = join(await tempFolder(), 'config with blank');
    mkdirSync(inside);
    const script = `mount --bind '${dataFolder}' '${inside}' && exec "$@"`;
    const before = ['unshare', '--mount', 'sh', '-c', script, 'sh'];
    const { pid } = await startStanding(join(inside, 'data/jellyfin.db'), { before });
    const [open] = (await findOpenFiles(['jellyfin.db'])).filter((file) => file.pid === pid);
    if (open === undefined) throw new Error('the process does not have it open');

    expect(open.path).toBe(join(inside, 'data/jellyfin.db'));
    expect(await hostPathOf(open)).toBe(path);
    expect((await findHolders(path)).holders).toMatchObject([{ pid, isLocking: true }]);
  });
});

// biome-ignore lint/plugin: only Linux tells who holds a lock
describe.runIf(process.platform === 'linux')('who has a database open', () => {
  test('is told with whether they hold SQLite’s lock', async () => {
    const { path } = await makeDatabase('12.0');
    expect((await findHolders(path)).holders).toEqual([]);
    const keeping = await startStanding(path);
    expect((await findHolders(path)).holders).toMatchObject([{ pid: keeping.pid, isLocking: true }]);
    const losing = await startStanding(path, { losesLock: true });
    const { holders } = await findHolders(path);
    expect(holders.map(({ pid, isLocking }) => ({ pid, isLocking }))).toEqual(
      expect.arrayContaining([
        { pid: keeping.pid, isLocking: true },
        { pid: losing.pid, isLocking: false },
      ]),
    );
  });
});
