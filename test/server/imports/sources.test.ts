import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
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

describe('what is no source is refused with what to do', () => {
  const tableOf = async (name: string, place: string) => {
    const source = await openSource(name, place).catch((error: Error) => error.message);
    return typeof source === 'string' ? source : importedTable(source, await importParts());
  };

  test.each([
    ['seerr', 'missing.db', /missing\.db cannot be read: there is nothing at \/.*; correct the path/],
    ['wizarr', '.', /cannot be read: it is a folder; name the file in it/],
    ['wizarr', 'package.json', /package\.json is no SQLite database/],
    ['jfa-go', 'missing', /missing is no folder; name the web address of jfa-go/],
    [
      'csv',
      'missing.csv',
      /^missing\.csv cannot be read: there is nothing at \/.*\/missing\.csv; correct the path$/,
    ],
    ['csv', 'package.json/people.csv', /cannot be read: what stands before its last \/ is no folder/],
    ['csv', '.', /cannot be read: it is no file; name the CSV file/],
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
