import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import { addressOf } from '../bench/scale/fill.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { runImportChild } from '../support/imports/run-import-child.ts';
import { usePostgres } from '../support/storage/temp-postgres.ts';

const ROWS = 40_000;

/** Imports with kills on the way, until it is through; each run goes on where the one before was ended. */
async function importWithKills(location: string): Promise<void> {
  const all = { location, rows: ROWS, known: ROWS };
  let before = 0;
  for (const killAt of [10_000, 20_000, 30_000]) {
    const steps = await runImportChild(all, killAt);
    expect(steps.at(-1)?.rows).toBeGreaterThanOrEqual(killAt);
    const storage = await openStorage(location);
    const kept = (await storage.contacts.list()).length;
    await storage.close();
    // Whole batches, and none of those before is lost.
    expect(kept).toBeGreaterThanOrEqual(Math.max(before, killAt));
    expect(kept % 200).toBe(0);
    before = kept;
  }
  const last = (await runImportChild(all)).at(-1);
  expect(last?.counts).toMatchObject({ new: ROWS - before, changed: 0, unchanged: before });
  expect((await runImportChild(all)).at(-1)?.counts).toMatchObject({ new: 0, changed: 0, unchanged: ROWS });
  const storage = await openStorage(location);
  const list = await storage.contacts.list();
  await storage.close();
  expect(list).toHaveLength(ROWS);
  expect(new Set(list.map(({ address }) => address)).size).toBe(ROWS);
  expect(list.map(({ address }) => address)).toContain(addressOf(ROWS - 1));
}

describe('an import that is killed three times and run again', { timeout: 3_600_000 }, () => {
  const server = usePostgres();

  test('has everybody once in the end, in SQLite', async () => {
    await importWithKills(join(await tempFolder(), 'gatehouse.db'));
  });

  test('has everybody once in the end, in PostgreSQL', async () => {
    await importWithKills(server().freshUrl());
  });
});

test('a million rows, of whom a thousand are known, are read in memory that does not grow', {
  timeout: 3_600_000,
}, async () => {
  const location = join(await tempFolder(), 'gatehouse.db');
  const steps = await runImportChild({ location, rows: 1_000_000, known: 1_000 });
  expect(steps.at(-1)?.counts).toMatchObject({ new: 1_000, unknown: 999_000 });
  const heapAt = (rows: number) => steps.find((step) => step.rows === rows)?.heapUsed ?? 0;
  expect(heapAt(1_000_000) - heapAt(100_000)).toBeLessThan(8 * 2 ** 20);
});
