import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { copyDatabase } from '../../../../server/storage/sqlite/copy.ts';
import { restoreDatabase } from '../../../../server/storage/sqlite/restore.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { makeOldStorage } from '../../../support/storage/old-storage.ts';

const NOW = new Date('2026-02-03T04:05:06Z');
const KEPT = '.replaced-20260203040506';

/** A storage with one contact, and a backup of it. */
async function setUp() {
  const folder = await tempFolder();
  const path = join(folder, 'gatehouse.db');
  const backup = join(folder, 'backup.db');
  const storage = await openStorage(path);
  onTestFinished(() => storage.close());
  await storage.contacts.set({
    userId: '1'.repeat(32),
    userName: 'anna',
    channel: 'email',
    address: 'a@example.org',
  });
  await copyDatabase(path, backup);
  return { folder, path, backup, storage };
}

async function namesIn(path: string): Promise<string[]> {
  const storage = await openStorage(path);
  const names = (await storage.contacts.list()).map(({ userName }) => userName);
  await storage.close();
  return names;
}

function exec(file: string, sql: string): void {
  const db = new DatabaseSync(file);
  db.exec(sql);
  db.close();
}

test('a damaged database is replaced, and kept with what lies beside it', async () => {
  const { path, backup, storage } = await setUp();
  await storage.close();
  await writeFile(path, 'x'.repeat(20_000));
  await writeFile(`${path}-wal`, 'of the damaged one');
  expect(await restoreDatabase(backup, path, NOW)).toBe(path + KEPT);
  expect(await namesIn(path)).toEqual(['anna']);
  expect(await readFile(path + KEPT, 'utf8')).toBe('x'.repeat(20_000));
  expect(await readFile(`${path + KEPT}-wal`, 'utf8')).toBe('of the damaged one');
});

// biome-ignore lint/plugin: only Linux tells who has a file open (/proc)
test.runIf(process.platform === 'linux')('a damaged database that is open is not replaced', async () => {
  const { path, backup, folder } = await setUp();
  const before = await readFile(path);
  before.fill(0x5a, 0, 100);
  await writeFile(path, before);
  await expect(restoreDatabase(backup, path, NOW)).rejects.toMatchObject({ code: 'storage-busy' });
  expect(await readFile(path)).toEqual(before);
  expect((await readdir(folder)).filter((name) => /replaced|restoring/.test(name))).toEqual([]);
});

test('a backup of an earlier version is restored where there is no database, and brought up to date later', async () => {
  const { folder } = await setUp();
  makeOldStorage(join(folder, 'old.db'), 1);
  expect(await restoreDatabase(join(folder, 'old.db'), join(folder, 'new.db'), NOW)).toBeUndefined();
  expect(await namesIn(join(folder, 'new.db'))).toEqual(['Önder']);
});

test('what was used stays used', async () => {
  const { folder, path, storage } = await setUp();
  const link = { userId: '1', userName: 'anna', outboxId: 1, expiresAt: 9_000_000_000_000 };
  await storage.links.add({ ...link, tokenHash: 'used' });
  await storage.links.claim('used', 1, 1000, 'one');
  await storage.links.spend('used', 'one', 1);
  await storage.links.add({ ...link, tokenHash: 'open', outboxId: 2 });
  await copyDatabase(path, join(folder, 'later.db'));
  await storage.close();
  await restoreDatabase(join(folder, 'later.db'), path, NOW);
  const again = await openStorage(path);
  expect(await again.links.look('used', 2)).toEqual({ state: 'used' });
  expect(await again.links.look('open', 2)).toMatchObject({ state: 'open' });
  await again.close();
});

test.each([
  ['storage-missing', async () => undefined],
  ['storage-corrupt', async (file: string) => writeFile(file, 'no database '.repeat(1000))],
  ['storage-foreign', async (file: string) => exec(file, 'CREATE TABLE films (name)')],
  ['storage-foreign', async (file: string) => writeFile(file, '')],
  [
    'storage-newer',
    async (file: string) => {
      await (await openStorage(file)).close();
      exec(file, 'PRAGMA user_version = 99');
    },
  ],
])('a backup with the fault %s is refused, and nothing has changed', async (code, make) => {
  const { folder, path, storage } = await setUp();
  const bad = join(folder, 'bad.db');
  await make(bad);
  await storage.close();
  const before = await readFile(path);
  await expect(restoreDatabase(bad, path, NOW)).rejects.toMatchObject({ code });
  expect(await readFile(path)).toEqual(before);
});

test("another program's database is not touched", async () => {
  const { folder, backup } = await setUp();
  const library = join(folder, 'library.db');
  exec(library, 'CREATE TABLE films (name)');
  const before = await readFile(library);
  await expect(restoreDatabase(backup, library, NOW)).rejects.toMatchObject({ code: 'storage-foreign' });
  expect(await readFile(library)).toEqual(before);
});
