import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StorageError } from '../../../../server/ports/storage.ts';
import { openSqlite } from '../../../../server/storage/sqlite/database.ts';
import { createLogSync } from '../../../../server/storage/sqlite/log-sync.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';

const insert = 'INSERT INTO settings (key, value) VALUES (?, ?)';

test('a write is seen by another process before it is on disk, and many share one sync', async () => {
  const path = join(await tempFolder(), 'gatehouse.db');
  const db = await openSqlite(path);
  const other = new DatabaseSync(path, { readOnly: true });
  const writes = Array.from({ length: 50 }, (_, i) => db.write((sql) => sql(insert).run(`k${i}`, 'v')));
  // Not one tick later: a crash of the process from here on loses none.
  expect(other.prepare('SELECT COUNT(*) AS many FROM settings').get()).toEqual({ many: 50 });
  await Promise.all(writes);
  other.close();
  db.close();
});

test('closing in the middle of writes loses none and breaks none', async () => {
  const path = join(await tempFolder(), 'gatehouse.db');
  const db = await openSqlite(path);
  const writes = Array.from({ length: 20 }, (_, i) => db.write((sql) => sql(insert).run(`k${i}`, 'v')));
  db.close();
  await Promise.all(writes);
  const again = new DatabaseSync(path, { readOnly: true });
  expect(again.prepare('SELECT COUNT(*) AS many FROM settings').get()).toEqual({ many: 20 });
  again.close();
  await expect(db.write((sql) => sql(insert).run('late', 'v'))).rejects.toBeInstanceOf(StorageError);
});

test('the log is found behind a symbolic link, as SQLite puts it', async () => {
  const folder = await tempFolder();
  (await openSqlite(join(folder, 'real.db'))).close();
  await symlink(join(folder, 'real.db'), join(folder, 'link.db'));
  const db = await openSqlite(join(folder, 'link.db'));
  await expect(db.write((sql) => sql(insert).run('k', 'v'))).resolves.toBeDefined();
  db.close();
});

test('a log that cannot be synced is an error that names the storage', async () => {
  const sync = createLogSync(join(await tempFolder(), 'missing.db'));
  await expect(sync.sync()).rejects.toMatchObject({ code: 'storage-failed' });
  sync.close();
});

test('calls while a sync runs share the next one', async () => {
  const path = join(await tempFolder(), 'gatehouse.db');
  const db = await openSqlite(path);
  await db.write((sql) => sql(insert).run('k', 'v'));
  const log = createLogSync(path);
  const first = log.sync();
  const second = log.sync();
  const third = log.sync();
  let isSecondDone = false;
  void second.then(() => {
    isSecondDone = true;
  });
  await first;
  expect(isSecondDone).toBe(false);
  await Promise.all([second, third]);
  await log.sync();
  log.close();
  db.close();
});
