import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const contact = {
  userId: '1'.repeat(32),
  userName: 'anna',
  channel: 'email',
  address: 'a@example.org',
} as const;

/** A folder with a configuration, and a storage with one contact in it. */
async function setUp(storageText = './gatehouse.db') {
  const { folder, path, run } = await makeCommandFolder('url: http://127.0.0.1:8096', storageText);
  const storage = await openStorage(path);
  onTestFinished(() => storage.close());
  await storage.contacts.set(contact);
  const backup = join(folder, 'backup.db');
  return { folder, path, storage, backup, run };
}

async function namesIn(path: string): Promise<string[]> {
  const storage = await openStorage(path);
  const names = (await storage.contacts.list()).map(({ userName }) => userName);
  await storage.close();
  return names;
}

describe('gatehouse backup', () => {
  test('copies the database while it is written to, for its owner only', async () => {
    const { storage, backup, run, path } = await setUp();
    let isEnded = false;
    const writes = (async () => {
      for (let i = 0; !isEnded; i++) await storage.contacts.set({ ...contact, userName: `anna ${i}` });
    })();
    const ended = await run('backup', 'backup.db').finally(() => {
      isEnded = true;
    });
    await writes;
    expect(ended).toEqual({
      code: 0,
      out: `${backup} holds what was in ${path}; keep it as private as that.\n`,
      err: '',
    });
    expect((await stat(backup)).mode & 0o777).toBe(0o600);
    expect(await namesIn(backup)).toEqual([expect.stringMatching(/^anna/)]);
  });

  test('never replaces a file', async () => {
    const { run, backup, folder } = await setUp();
    await writeFile(backup, 'the only good one');
    const ended = await run('backup', 'backup.db');
    expect(ended.code).toBe(1);
    expect(ended.err).toBe(`gatehouse: ${backup} is there already and was left as it is; name a new file\n`);
    expect(await readFile(backup, 'utf8')).toBe('the only good one');
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('makes nothing where there is no database', async () => {
    const { run, folder } = await setUp('./missing.db');
    const ended = await run('backup', 'backup.db');
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('missing.db is no file');
    expect(await readdir(folder)).not.toContain('missing.db');
    expect(await readdir(folder)).not.toContain('backup.db');
  });

  test('names the tool for PostgreSQL, without the password', async () => {
    const { run } = await setUp('postgres://gate:hunter2@db.example.org:5433/house');
    const { code, err } = await run('backup', 'backup.db');
    expect(code).toBe(1);
    expect(err).toContain('pg_dump --host=db.example.org --port=5433 --username=gate --schema=gatehouse');
    expect(err).not.toContain('hunter2');
    expect((await run('restore', 'backup.db')).err).toContain('psql --host=db.example.org');
  });
});

describe('gatehouse restore', () => {
  test('brings a backup back and keeps what was there', async () => {
    const { run, storage, path, folder } = await setUp();
    await run('backup', 'backup.db');
    await storage.contacts.set({ ...contact, userName: 'ben' });
    await storage.close();
    const { code, out } = await run('restore', 'backup.db');
    expect(code).toBe(0);
    expect(await namesIn(path)).toEqual(['anna']);
    const kept = (await readdir(folder)).find((name) => name.includes('.replaced-')) ?? '';
    expect(out).toContain(`kept as ${join(folder, kept)}`);
    expect(await namesIn(join(folder, kept))).toEqual(['ben']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('refuses while the database is open, and works when it is not', async () => {
    const { run, storage, folder } = await setUp();
    await run('backup', 'backup.db');
    const ended = await run('restore', 'backup.db');
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('is in use; stop Gatehouse');
    expect((await readdir(folder)).filter((name) => /replaced|restoring/.test(name))).toEqual([]);
    await storage.contacts.set({ ...contact, userName: 'still there' });
    expect((await storage.contacts.list())[0]?.userName).toBe('still there');
    await storage.close();
    expect((await run('restore', 'backup.db')).code).toBe(0);
  });
});
