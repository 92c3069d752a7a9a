import { chown, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { copyDatabase } from '../../../../server/storage/sqlite/copy.ts';
import { restoreDatabase } from '../../../../server/storage/sqlite/restore.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { makeOldStorage } from '../../../support/storage/old-storage.ts';

/** Somebody who is not root, as Gatehouse should be. */
const OWNER = { uid: 65_534, gid: 65_534 };

async function ownedFolder(): Promise<string> {
  const folder = await tempFolder();
  await chown(folder, OWNER.uid, OWNER.gid);
  return folder;
}

// biome-ignore lint/plugin: only root may give files to somebody else
describe.runIf(process.getuid?.() === 0)('what root makes belongs to whoever Gatehouse runs as', () => {
  test('a new database with its side files', async () => {
    const path = join(await ownedFolder(), 'gatehouse.db');
    const storage = await openStorage(path);
    await storage.settings.getOrCreate('key', () => 'value');
    for (const side of ['', '-wal', '-shm']) expect(await stat(path + side)).toMatchObject(OWNER);
    await storage.close();
  });

  test('the copy of a database before its schema is changed', async () => {
    const path = join(await ownedFolder(), 'gatehouse.db');
    makeOldStorage(path, 1);
    await chown(path, OWNER.uid, OWNER.gid);
    await (await openStorage(path)).close();
    expect(await stat(`${path}.before-2`)).toMatchObject(OWNER);
  });

  test('a backup that is restored, in the place of another and where there was none', async () => {
    const folder = await ownedFolder();
    const [path, backup] = [join(folder, 'gatehouse.db'), join(folder, 'backup.db')];
    await (await openStorage(path)).close();
    await copyDatabase(path, backup);
    await chown(path, 65_533, 65_533);
    await restoreDatabase(backup, path, new Date());
    expect(await stat(path)).toMatchObject({ uid: 65_533, gid: 65_533 });
    await restoreDatabase(backup, join(folder, 'new.db'), new Date());
    expect(await stat(join(folder, 'new.db'))).toMatchObject(OWNER);
  });
});
