import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { inspectStorage, openStorage } from '../../../server/storage/open-storage.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { makeOldStorage } from '../../support/storage/old-storage.ts';
import { tempPostgresStorage, usePostgres } from '../../support/storage/temp-postgres.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const contact = { userId: '1', userName: 'anna', channel: 'email', address: 'a@example.org' } as const;

describe('looking at a storage in SQLite', () => {
  test('names account, channel and state of each contact while others work on it', async () => {
    const storage = await tempStorage();
    await storage.contacts.set(contact, 1, { state: 'verified' });
    expect(await inspectStorage(storage.path)).toEqual({
      isMade: true,
      contacts: [{ userId: '1', channel: 'email', state: 'verified' }],
    });
  });

  test('leaves one of an earlier version as it is', async () => {
    const folder = await tempFolder();
    const path = join(folder, 'gatehouse.db');
    makeOldStorage(path, 1);
    const before = await readFile(path);
    const known = { userId: '1'.repeat(32), channel: 'email', state: 'unverified' };
    expect(await inspectStorage(path)).toEqual({ isMade: true, contacts: [known] });
    expect(await readFile(path)).toEqual(before);
    expect((await readdir(folder)).filter((name) => name.includes('before'))).toEqual([]);
  });

  test('takes an empty file for one that is not made yet, and a missing one for missing', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    await expect(inspectStorage(path)).rejects.toMatchObject({ code: 'storage-missing' });
    await writeFile(path, '');
    expect(await inspectStorage(path)).toEqual({ isMade: false, contacts: [] });
  });

  test('refuses one of a newer version', async () => {
    const path = join(await tempFolder(), 'gatehouse.db');
    await (await openStorage(path)).close();
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expect(inspectStorage(path)).rejects.toMatchObject({ code: 'storage-newer' });
  });
});

describe('looking at a storage in PostgreSQL', () => {
  const server = usePostgres();

  test('makes nothing where there is none', async () => {
    const url = server().freshUrl();
    expect(await inspectStorage(url)).toEqual({ isMade: false, contacts: [] });
    expect(await inspectStorage(url)).toEqual({ isMade: false, contacts: [] });
  });

  test('names account, channel and state of each contact, and refuses a newer version and a server that may only be read', async () => {
    const storage = await tempPostgresStorage(server());
    await storage.contacts.set(contact, 1, { state: 'verified' });
    expect(await inspectStorage(storage.url)).toEqual({
      isMade: true,
      contacts: [{ userId: '1', channel: 'email', state: 'verified' }],
    });
    const schema = new URL(storage.url).searchParams.get('schema');
    await server().run(`UPDATE "${schema}".schema_version SET version = 99`);
    await expect(inspectStorage(storage.url)).rejects.toMatchObject({ code: 'storage-newer' });
    await server().run('ALTER ROLE gatehouse SET default_transaction_read_only = on');
    await expect(inspectStorage(storage.url)).rejects.toMatchObject({ code: 'storage-not-writable' });
  });
});
