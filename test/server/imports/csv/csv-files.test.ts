import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvDefinition } from '../../../../server/imports/csv/csv-source.ts';
import type { SourceOptions } from '../../../../server/imports/source-definition.ts';
import { importedTable, importParts } from '../../../support/imports/imported-table.ts';

/** Each CSV file as people have them, beside it the table it makes, and what was said of it, if anything. */
const FOLDER = join(import.meta.dirname, '../../../fixtures/contacts');
const NAMES = readdirSync(FOLDER).flatMap((name) => (name.endsWith('.csv') ? name.slice(0, -4) : []));

const noSecret = () => Promise.reject(new Error('a file has no secret'));

function optionsOf(name: string): SourceOptions {
  try {
    return JSON.parse(readFileSync(join(FOLDER, `${name}.options.json`), 'utf8'));
  } catch {
    return {};
  }
}

test('there are files of all kinds', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(25);
});

test.each(NAMES)(
  '%s.csv makes the table that stands beside it, dry and kept, and a second time changes nothing',
  async (name) => {
    const parts = await importParts();
    const before = await parts.contacts.list();
    const open = () => csvDefinition.open(join(FOLDER, `${name}.csv`), optionsOf(name), noSecret);
    const expected = await readFile(join(FOLDER, `${name}.txt`), 'utf8').catch(() => '');
    expect(await importedTable(await open(), parts)).toBe(expected);
    expect(await parts.contacts.list()).toEqual(before);
    expect(await importedTable(await open(), parts, { isDry: false })).toBe(expected);
    const after = await parts.contacts.list();
    const again = await importedTable(await open(), parts, { isDry: false });
    expect(again).not.toMatch(/^(?:new|changed) /m);
    expect(await parts.contacts.list()).toEqual(after);
  },
);
