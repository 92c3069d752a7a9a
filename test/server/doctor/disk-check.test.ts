import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { checkDisk, type DiskParts } from '../../../server/doctor/disk-check.ts';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const MB = 1024 * 1024;

const disk = (freeBytes: number, writeMs = 1): DiskParts => ({
  freeBytes: async () => freeBytes,
  timeWrite: async () => writeMs,
});

it('measures the real disk of a real database, and leaves nothing behind', async () => {
  const { path } = await tempStorage();
  const findings = await checkDisk(path);
  expect(findings.map(({ name }) => name)).toEqual(['disk-space', 'disk-speed', 'journal']);
  expect(findings[1]?.says).toMatch(/is safe after [\d.]+ ms/);
  expect(findings[2]).toMatchObject({ state: 'fine', says: expect.stringContaining('WAL') });
  expect((await readdir(join(path, '..'))).filter((name) => !name.startsWith('gatehouse.db'))).toEqual([]);
});

it('warns of a disk that is nearly full, and tries no write on one that is full', async () => {
  const { path } = await tempStorage();
  expect(await checkDisk(path, disk(499 * MB))).toMatchObject([
    { name: 'disk-space', state: 'warning', says: expect.stringContaining('499 MB are free') },
    { name: 'disk-speed', state: 'fine' },
    { name: 'journal' },
  ]);
  const full = { ...disk(49 * MB), timeWrite: () => Promise.reject(new Error('ENOSPC')) };
  expect(await checkDisk(path, full)).toMatchObject([{ name: 'disk-space', state: 'failed' }]);
});

it('warns of a disk that is slow', async () => {
  const { path } = await tempStorage();
  expect((await checkDisk(path, disk(9_000 * MB, 101)))[1]).toMatchObject({
    name: 'disk-speed',
    state: 'warning',
    says: expect.stringContaining('101 ms'),
  });
});

it('warns of a database that lost its journal apart', async () => {
  const path = join(await tempFolder(), 'gatehouse.db');
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = delete; CREATE TABLE a (b)');
  db.close();
  expect((await checkDisk(path)).at(-1)).toMatchObject({
    name: 'journal',
    state: 'warning',
    says: expect.stringContaining('as delete'),
  });
});

it('says nothing of PostgreSQL, of a folder that is missing, and of the journal of no database', async () => {
  expect(await checkDisk('postgres://db/gatehouse')).toEqual([]);
  const folder = await tempFolder();
  expect(await checkDisk(join(folder, 'none', 'gatehouse.db'))).toEqual([]);
  expect((await checkDisk(join(folder, 'gatehouse.db'))).map(({ name }) => name)).toEqual([
    'disk-space',
    'disk-speed',
  ]);
});
