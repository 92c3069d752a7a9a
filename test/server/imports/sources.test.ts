import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import {
  JFA_GO_FILES_TABLE,
  makeDatabase,
  makeJfaGoFolder,
  makeSeerrDatabase,
  makeWizarrDatabase,
  openSource,
  WIZARR_TABLE,
} from '../../support/imports/sample-sources.ts';
import { SEERR_TABLE } from '../../support/imports/seerr-tables.ts';
import { testContactSource } from '../ports/contact-source.contract.ts';

const secrets: readonly string[] = [];

describe('a CSV file keeps the promises of a source', () => {
  testContactSource(async () => {
    const file = join(import.meta.dirname, '../../fixtures/contacts/mistakes.csv');
    const table = await readFile(file.replace(/csv$/, 'txt'), 'utf8');
    return { source: await openSource('csv', file), table, secrets };
  });
});

describe('the SQLite database of Seerr keeps the promises of a source', () => {
  testContactSource(async () => ({
    ...{ source: await openSource('seerr', await makeSeerrDatabase()), table: SEERR_TABLE, secrets },
  }));
});

describe('the database of Wizarr keeps the promises of a source', () => {
  testContactSource(async () => ({
    ...{ source: await openSource('wizarr', await makeWizarrDatabase()), table: WIZARR_TABLE, secrets },
  }));
});

describe('the old files of jfa-go keep the promises of a source', () => {
  testContactSource(async () => ({
    ...{ source: await openSource('jfa-go', await makeJfaGoFolder()), table: JFA_GO_FILES_TABLE, secrets },
  }));
});

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
});

describe('what is no source is refused with what to do', () => {
  const tableOf = async (name: string, place: string) => {
    const source = await openSource(name, place).catch((error: Error) => error.message);
    return typeof source === 'string' ? source : importedTable(source, await importParts());
  };

  test.each([
    ['seerr', 'missing.db', /missing\.db cannot be read: it does not exist/],
    ['wizarr', '.', /cannot be read: it is a folder; name the file in it/],
    ['wizarr', 'package.json', /package\.json is no SQLite database/],
    ['jfa-go', 'missing', /missing is no folder; name the web address of jfa-go/],
    ['csv', 'missing.csv', /missing\.csv cannot be read/],
    ['csv', '.', /cannot be read: it is no file/],
    ['seerr', 'https://user:pw@example.org', /must hold no user and no password/],
    ['seerr', 'https://example.org/?key=1', /must end with its path/],
    ['seerr', 'postgres://seerr:pw@db/seerr', /must hold no password/],
    ['seerr', 'postgres://seerr@db', /the address of the database must end with the name of a database/],
    ['jfa-go', 'https://accounts.example.org', /--user is missing/],
    ['ldap', 'example.org', /must begin with ldaps:\/\/ or ldap:\/\//],
    ['ldap', 'ldap://example.org', /--base is missing/],
    ['ldap', 'ldap://example.org/dc=example', /must end behind its host and port/],
  ])('%s %s', async (name, place, message) => {
    expect(await tableOf(name, place)).toMatch(message);
  });

  test.each(['(((', 'nonsense', '(uid=*'])('the filter %s', async (filter) => {
    const opening = openSource('ldap', 'ldap://example.org', { base: 'dc=example', filter });
    await expect(opening).rejects.toThrow(/--filter is no LDAP filter/);
  });

  test('a database of another program', async () => {
    const path = await makeDatabase('other.db', 'CREATE TABLE films (id INTEGER)');
    expect(await tableOf('seerr', path)).toMatch(
      /is no database of Seerr or Jellyseerr .*\(no such table: user\)/,
    );
    expect(await tableOf('wizarr', await makeSeerrDatabase())).toMatch(/is no database of Wizarr/);
  });

  test('a database that is cut', async () => {
    const path = await makeWizarrDatabase();
    await writeFile(path, (await readFile(path)).subarray(0, 5000));
    expect(await tableOf('wizarr', path)).toMatch(/is damaged \(.*\); name a backup of it/);
  });

  test('a folder of a jfa-go that keeps its contacts elsewhere', async () => {
    expect(await tableOf('jfa-go', await tempFolder())).toMatch(
      /has none of emails\.json, .*name its web address/,
    );
  });

  test('a file of jfa-go that is cut, or holds something else', async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, 'emails.json'), '{"a": ');
    expect(await tableOf('jfa-go', folder)).toMatch(/emails\.json is no JSON; was it cut\?/);
    await writeFile(join(folder, 'emails.json'), '[1]');
    expect(await tableOf('jfa-go', folder)).toMatch(/emails\.json is no list of people/);
  });
});
