import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { migrate } from '../../../../server/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../server/storage/sqlite/migrations.ts';
import { tempFolder } from '../../../support/files/temp-folder.ts';
import { keepLines } from '../../../support/log/kept-lines.ts';
import { makeOldStorage } from '../../../support/storage/old-storage.ts';

const NOW = 1_800_000_000_000;

/** Behind the name of the file: one copy for each step after the first. */
const COPIES = MIGRATIONS.slice(1).map((_, index) => `.before-${index + 2}`);

/** A file of schema 1 in a folder of its own. */
async function oldStorage() {
  const folder = await tempFolder();
  const path = join(folder, 'gatehouse.db');
  makeOldStorage(path, NOW + 1000);
  return { folder, path };
}

function schemaOf(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare('PRAGMA user_version').get()?.['user_version'];
  } finally {
    db.close();
  }
}

test('a file of an earlier version keeps what is in it, and is found by its name too', async () => {
  const { path } = await oldStorage();
  const storage = await openStorage(path);
  const anna = { userId: '1'.repeat(32), userName: 'Önder' };
  expect(await storage.contacts.ofUserName('öNDER')).toMatchObject([anna]);
  expect(await storage.links.claim('old-link', NOW, 1000, 'one')).toMatchObject({ state: 'open' });
  expect(await storage.outbox.claim('email', 'one', NOW, 1000, 9)).toMatchObject([
    { ...anna, createdAt: 1, waitingSince: 1 },
  ]);
  await storage.close();
  expect(schemaOf(path)).toBe(MIGRATIONS.length);
});

test('before each step the file is copied beside it, for its owner only, and the log says where', async () => {
  const { path } = await oldStorage();
  await chmod(path, 0o644);
  const kept = keepLines();
  await (await openStorage(path, kept.log)).close();
  const copy = `${path}.before-2`;
  expect(kept.lines).toMatchObject(
    COPIES.map((suffix, index) => ({ event: 'storage-migrates', schema: index + 2, backup: path + suffix })),
  );
  expect((await stat(copy)).mode & 0o777).toBe(0o600);
  expect(schemaOf(copy)).toBe(1);
  const db = new DatabaseSync(copy, { readOnly: true });
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(db.prepare('SELECT user_name FROM contacts').all()).toEqual([{ user_name: 'Önder' }]);
  db.close();
});

test('a new file and one that is up to date are not copied', async () => {
  const folder = await tempFolder();
  for (let i = 0; i < 2; i++) await (await openStorage(join(folder, 'gatehouse.db'))).close();
  expect(await readdir(folder)).toEqual(['gatehouse.db']);
});

test('a copy never takes the place of another', async () => {
  const { folder, path } = await oldStorage();
  await writeFile(`${path}.before-2`, 'the only good one');
  await (await openStorage(path)).close();
  expect(await readFile(`${path}.before-2`, 'utf8')).toBe('the only good one');
  expect(schemaOf(`${path}.before-2.2`)).toBe(1);
  expect((await readdir(folder)).sort()).toEqual(
    ['', '.before-2.2', ...COPIES].map((suffix) => `gatehouse.db${suffix}`).sort(),
  );
});

test('of several that open the file at once one makes the step, and one copy', async () => {
  const { folder, path } = await oldStorage();
  const all = await Promise.all(Array.from({ length: 5 }, () => openStorage(path)));
  for (const storage of all) await storage.close();
  expect((await readdir(folder)).sort()).toEqual(['', ...COPIES].map((suffix) => `gatehouse.db${suffix}`));
  expect(schemaOf(`${path}.before-2`)).toBe(1);
});

test('without its copy a step is not made', async () => {
  const { folder, path } = await oldStorage();
  // Every name a copy could have is taken, and a half copy has none.
  for (let i = 1; i <= 99; i++) await mkdir(`${path}.before-2${i === 1 ? '' : `.${i}`}`);
  await expect(openStorage(path)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(schemaOf(path)).toBe(1);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('nothing written while the copy is made gets lost between copy and step', async () => {
  const { path } = await oldStorage();
  const db = new DatabaseSync(path);
  const other = new DatabaseSync(path, { timeout: 0 });
  let copies = 0;
  await migrate(db, {
    backUp: async () => {
      copies += 1;
      expect(() => other.exec('DELETE FROM contacts')).toThrow('locked');
    },
  });
  expect(copies).toBe(COPIES.length);
  other.exec('DELETE FROM contacts');
  other.close();
  db.close();
});
