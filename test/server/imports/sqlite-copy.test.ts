import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import {
  makeSeerrDatabase,
  makeWizarrDatabase,
  openSource,
  WIZARR_TABLE,
} from '../../support/imports/sample-sources.ts';

/** Names, bytes and times of all files of a folder. */
async function stateOf(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(
    names.map(async (name) => {
      const [bytes, { mtimeMs, size }] = [await readFile(join(folder, name)), await stat(join(folder, name))];
      return `${name} ${size} ${mtimeMs} ${createHash('sha256').update(bytes).digest('hex')}`;
    }),
  );
}

describe('a database in use', () => {
  async function tableOf(path: string): Promise<string> {
    return importedTable(await openSource('wizarr', path), await importParts());
  }
  function holdOpen(path: string): DatabaseSync {
    const db = new DatabaseSync(path);
    onTestFinished(() => db.close());
    return db;
  }
  const setEmail = (email: string): string => `UPDATE user SET email = '${email}' WHERE id = 1`;

  test('is read with what stands in its log alone, without what is not committed, and no byte of it changes', async () => {
    const path = await makeWizarrDatabase();
    const db = holdOpen(path);
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; ${setEmail('committed@example.org')}`);
    db.exec(`BEGIN; ${setEmail('not-yet@example.org')}`);
    const before = await stateOf(dirname(path));
    expect(before.map((line) => line.split(' ')[0])).toContain('database.db-wal');
    expect(await tableOf(path)).toContain('new | Anna | email | committed@example.org | 1');
    expect(await stateOf(dirname(path))).toEqual(before);
    db.exec('COMMIT');
    expect(await tableOf(path)).toContain('new | Anna | email | not-yet@example.org | 1');
  });

  test('without a log is read as it was before a change that is half on the disk', async () => {
    const path = await makeWizarrDatabase();
    const db = holdOpen(path);
    // A cache of one page: changes go to the file before they are committed.
    db.exec(`PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;
             ${setEmail('not-yet@example.org')};
             CREATE TABLE filler (a TEXT); INSERT INTO filler SELECT hex(randomblob(2000)) FROM
             (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n)`);
    const before = await stateOf(dirname(path));
    expect(before.map((line) => line.split(' ')[0])).toContain('database.db-journal');
    expect(await readFile(path, 'latin1')).toContain('not-yet@example.org');
    expect(await tableOf(path)).toBe(WIZARR_TABLE);
    expect(await stateOf(dirname(path))).toEqual(before);
  });

  test('that nobody has open is not opened either: nothing appears beside it', async () => {
    const path = await makeSeerrDatabase();
    const before = await stateOf(dirname(path));
    expect(before).toHaveLength(1);
    await importedTable(await openSource('seerr', path), await importParts());
    expect(await stateOf(dirname(path))).toEqual(before);
  });

  test('that changes all the time is refused, with what to do', async () => {
    const path = await makeWizarrDatabase();
    // As long as it is written to, no two readings are the same.
    const writing = setInterval(() => appendFileSync(`${path}-wal`, 'x'), 1);
    onTestFinished(() => clearInterval(writing));
    expect(await tableOf(path)).toMatch(
      /^error \| .*database\.db changed each time it was copied; stop the program/,
    );
  });

  test('is refused with what to do where no copy can be made', async () => {
    const path = await makeWizarrDatabase();
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, join(dirname(path), 'missing'));
    onTestFinished(() => void vi.unstubAllEnvs());
    const source = await openSource('wizarr', path);
    const reading = async () => {
      for await (const _ of source.read()) break;
    };
    await expect(reading()).rejects.toThrow(
      /cannot be copied to .*missing \(ENOENT\); name another folder in .* TMPDIR/,
    );
  });
});
