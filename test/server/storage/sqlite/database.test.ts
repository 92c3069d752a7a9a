import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { StorageError } from '../../../../server/ports/storage.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { openSqlite } from '../../../../server/storage/sqlite/database.ts';
import { MIGRATIONS } from '../../../../server/storage/sqlite/migrations.ts';
import { kept } from '../../../support/kept-contact.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { tempStorage } from '../../../support/temp-storage.ts';

const contact = {
  userId: '1'.repeat(32),
  userName: 'anna',
  channel: 'email',
  address: 'a@example.org',
} as const;

async function failureOf(path: string): Promise<StorageError> {
  const error = await openStorage(path).then(
    (storage) => storage.close(),
    (failure: unknown) => failure,
  );
  if (!(error instanceof StorageError)) throw new Error(`expected a StorageError, got ${String(error)}`);
  return error;
}

describe('opening the file', () => {
  test('makes it readable for its owner only, side files too', async () => {
    const storage = await tempStorage();
    await storage.contacts.set(contact);
    for (const suffix of ['', '-wal', '-shm']) {
      expect((await stat(storage.path + suffix)).mode & 0o777).toBe(0o600);
    }
  });

  test('closes a file others could read', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    await (await openStorage(path)).close();
    await chmod(path, 0o644);
    await (await openStorage(path)).close();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('finds what was kept before', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const first = await openStorage(path);
    await first.contacts.set(contact);
    await first.close();
    await first.close();
    const second = await openStorage(path);
    expect(await second.contacts.list()).toEqual([kept(contact)]);
    await second.close();
  });

  test.each([
    ['storage-folder-missing', async (folder: string) => join(folder, 'missing', 'gatehouse.db')],
    ['storage-not-writable', async (folder: string) => folder],
    ['storage-unsupported', async () => 'mysql://localhost/gatehouse'],
    [
      'storage-corrupt',
      async (folder: string) => {
        const path = join(folder, 'noise.db');
        await writeFile(path, 'no database at all, '.repeat(100));
        return path;
      },
    ],
    [
      'storage-newer',
      async (folder: string) => {
        const path = join(folder, 'newer.db');
        await (await openStorage(path)).close();
        const db = new DatabaseSync(path);
        db.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
        db.close();
        return path;
      },
    ],
    [
      'storage-foreign',
      async (folder: string) => {
        const path = join(folder, 'library.db');
        const db = new DatabaseSync(path);
        db.exec('CREATE TABLE films (name TEXT)');
        db.close();
        return path;
      },
    ],
  ] as const)('fails with %s, names the place and leaves it as it was', async (code, prepare) => {
    const path = await prepare(await tempFolder());
    const before = await readFile(path).catch(() => undefined);
    const error = await failureOf(path);
    expect(error.code).toBe(code);
    if (code !== 'storage-unsupported') expect(error.message).toContain(path);
    expect(await readFile(path).catch(() => undefined)).toEqual(before);
  });

  test('finds damaged pages', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const storage = await openStorage(path);
    for (let i = 0; i < 500; i++) await storage.contacts.set({ ...contact, userId: String(i) });
    await storage.close();
    const bytes = await readFile(path);
    bytes.fill(0x5a, 4096 * 3, 4096 * 8);
    await writeFile(path, bytes);
    expect((await failureOf(path)).code).toBe('storage-corrupt');
    expect(await readFile(path)).toEqual(bytes);
  });

  test('finds pages that are damaged while it is open', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const db = await openSqlite(path);
    // More than SQLite keeps in memory.
    await db.write((sql) =>
      sql(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
           INSERT INTO settings (key, value) SELECT i, hex(randomblob(1000)) FROM n`).run(),
    );
    await db.read((sql) => sql('PRAGMA wal_checkpoint(TRUNCATE)').get());
    const bytes = await readFile(path);
    await writeFile(path, bytes.fill(0x5a, 4096 * 2));
    const list = db.read((sql) => sql('SELECT * FROM settings').all());
    await expect(list).rejects.toMatchObject({
      code: 'storage-corrupt',
      message: expect.stringContaining('gatehouse restore'),
    });
    db.close();
    expect((await readFile(path)).equals(bytes)).toBe(true);
  });

  // biome-ignore lint/plugin: only Linux has a folder in which not even root makes files
  test.runIf(process.platform === 'linux')('says that it may not write there', async () => {
    // Not even root makes files in /sys, so this holds in containers too.
    expect((await failureOf('/sys/gatehouse.db')).code).toBe('storage-not-writable');
  });
});

describe('two processes on one file', () => {
  test('opening it at once makes the schema once', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const all = await Promise.all(Array.from({ length: 5 }, () => openStorage(path)));
    await Promise.all(all.map((storage, i) => storage.contacts.set({ ...contact, userId: String(i) })));
    expect(await all[0]?.contacts.list()).toHaveLength(5);
    for (const storage of all) await storage.close();
  });

  test('a write waits for the other without holding up the event loop', async () => {
    const storage = await tempStorage();
    const other = new DatabaseSync(storage.path);
    other.exec('BEGIN IMMEDIATE');
    const write = storage.contacts.set(contact);
    let longestMs = 0;
    let last = performance.now();
    for (let i = 0; i < 60; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      longestMs = Math.max(longestMs, performance.now() - last - 10);
      last = performance.now();
    }
    other.exec('COMMIT');
    other.close();
    await write;
    expect(await storage.contacts.list()).toEqual([kept(contact)]);
    // Waiting inside SQLite would hold it up for as long as the other holds the file, or for the whole 5 s.
    expect(longestMs).toBeLessThan(500);
  });

  test('a write gives up with storage-busy when the other never ends, and works again afterwards', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const db = await openSqlite(path, { busyLimitMs: 200 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const insert = () =>
      db.write((sql) => sql(`INSERT INTO settings (key, value) VALUES ('1', 'a')`).run().changes);
    await expect(insert()).rejects.toMatchObject({ code: 'storage-busy' });
    other.exec('ROLLBACK');
    other.close();
    expect(await insert()).toBe(1);
    db.close();
  });
});

describe('a transaction', () => {
  test('that throws leaves nothing behind', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const db = await openSqlite(path);
    const attempt = db.write((sql) => {
      sql(`INSERT INTO settings (key, value) VALUES ('1', 'a')`).run();
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    expect(await db.read((sql) => sql('SELECT COUNT(*) AS many FROM settings').get())).toEqual({ many: 0 });
    db.close();
    await expect(db.read(() => 1)).rejects.toMatchObject({ code: 'storage-failed' });
  });

  test('a disk that is full is named, and the file stays good', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    const db = await openSqlite(path);
    await db.read((sql) => sql('PRAGMA max_page_count = 20').get());
    const fill = db.write((sql) => {
      for (let i = 0; i < 10_000; i++) {
        sql(`INSERT INTO settings (key, value) VALUES (?, 'a')`).run(String(i).repeat(20));
      }
    });
    await expect(fill).rejects.toMatchObject({ code: 'storage-full' });
    db.close();
    const again = await openSqlite(path);
    expect(await again.read((sql) => sql('SELECT COUNT(*) AS many FROM settings').get())).toEqual({
      many: 0,
    });
    again.close();
  });
});

test('a folder in place of the file is told apart', async () => {
  const path = join(await tempFolder(), 'gatehouse.db');
  await mkdir(path);
  expect((await failureOf(path)).message).toContain('is a folder');
});
