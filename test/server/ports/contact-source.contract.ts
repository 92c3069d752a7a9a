import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type { ContactSource, SourceRow } from '../../../server/ports/contact-source.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';

/** A source with people of all kinds, for the running test. */
export interface PeopledSource {
  readonly source: ContactSource;
  /** What an import makes of it, as `importedTable` writes it. */
  readonly table: string;
  /** What must be in no sentence: passwords and keys. */
  readonly secrets: readonly string[];
}

/** What every source keeps. */
export function testContactSource(open: () => Promise<PeopledSource>): void {
  async function rowsOf(source: ContactSource): Promise<readonly SourceRow[]> {
    const rows: SourceRow[] = [];
    for await (const row of source.read()) rows.push(row);
    return rows;
  }

  test('its people make the table that they should', async () => {
    const { source, table } = await open();
    expect(await importedTable(source, await importParts())).toBe(table);
  });

  test('it is read as often as wanted, each time the same, also by two at once', async () => {
    const { source } = await open();
    const first = await rowsOf(source);
    expect(first.length).toBeGreaterThan(1);
    expect(await rowsOf(source)).toEqual(first);
    expect(await Promise.all([rowsOf(source), rowsOf(source)])).toEqual([first, first]);
  });

  test('rows have whole numbers from 1 on and texts; its name and its rows hold no secret', async () => {
    const { source, secrets } = await open();
    const rows = await rowsOf(source);
    for (const row of rows) {
      expect(Number.isSafeInteger(row.row) && row.row >= 1).toBe(true);
      if (!('fault' in row)) expect(typeof row.address).toBe('string');
    }
    for (const secret of secrets) expect(JSON.stringify([source.place, rows])).not.toContain(secret);
    expect(source.place).not.toBe('');
  });

  test('reading that is broken off leaves nothing behind, and goes on from the beginning', async () => {
    const { source } = await open();
    const copies = async () =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('gatehouse-import-'));
    const before = await copies();
    for await (const _ of source.read()) break;
    expect((await copies()).filter((name) => !before.includes(name))).toEqual([]);
    expect((await rowsOf(source)).length).toBeGreaterThan(1);
  });

  test('what was imported is unchanged when it is imported again', async () => {
    const { source } = await open();
    const parts = await importParts();
    await importedTable(source, parts, { isDry: false });
    const kept = await parts.contacts.list();
    expect(await importedTable(source, parts, { isDry: false })).not.toMatch(/^(?:new|changed) /m);
    expect(await parts.contacts.list()).toEqual(kept);
  });
}
