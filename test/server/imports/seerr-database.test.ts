import { describe, expect, test } from 'vitest';
import type { ContactSource } from '../../../server/ports/contact-source.ts';
import { importedTable, importParts } from '../../support/imports/imported-table.ts';
import { openSource } from '../../support/imports/sample-sources.ts';
import { SEERR_PEOPLE, SEERR_TABLE, seerrStatements } from '../../support/imports/seerr-tables.ts';
import { POSTGRES_PASSWORD } from '../../support/storage/postgres.ts';
import { usePostgres } from '../../support/storage/temp-postgres.ts';
import { testContactSource } from '../ports/contact-source.contract.ts';

async function tableOf(source: ContactSource): Promise<string> {
  return importedTable(source, await importParts());
}

describe('Seerr in PostgreSQL', { timeout: 120_000 }, () => {
  const server = usePostgres();
  let schemas = 0;
  async function fill(people = SEERR_PEOPLE): Promise<string> {
    schemas += 1;
    const schema = `seerr_${schemas}`;
    await server().run(
      `CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${seerrStatements(people, 'postgres')}`,
    );
    return `postgres://gatehouse@127.0.0.1:${server().port}/postgres?schema=${schema}`;
  }
  const open = (url: string, password = POSTGRES_PASSWORD) =>
    openSource('seerr', url, {}, async () => password);

  describe('keeps the promises of a source', () => {
    testContactSource(async () => ({
      ...{ source: await open(await fill()), table: SEERR_TABLE, secrets: [POSTGRES_PASSWORD] },
    }));
  });

  test('is read a thousand people at a time, in transactions that may not write', async () => {
    const people = Array.from({ length: 2_500 }, (_, n) => ({
      id: n + 1,
      email: `p${n}`,
      jellyfinUserId: 'x',
      jellyfinUsername: 'Anna',
    }));
    const lines = (await tableOf(await open(await fill(people)))).trimEnd().split('\n');
    expect(lines).toHaveLength(2_500);
    expect(lines.at(-1)).toMatch(/ 2500(?: \||$)/);
  });

  test.each<[string, (url: string) => string, string, RegExp]>([
    ['a wrong password', (url) => url, 'wrong', /does not let this user in/],
    [
      'a database that is not there',
      (url) => url.replace('/postgres?', '/seerr?'),
      POSTGRES_PASSWORD,
      /does not exist/,
    ],
    [
      'one of another program',
      (url) => url.replace(/schema=.*/, 'schema=other'),
      POSTGRES_PASSWORD,
      /is no database of Seerr/,
    ],
    [
      'a server that is not there',
      (url) => url.replace(/:\d+\//, ':9/'),
      POSTGRES_PASSWORD,
      /cannot be read \(ECONNREFUSED\)/,
    ],
  ])('says so of %s', async (_, change, password, message) => {
    const table = await tableOf(await open(change(await fill()), password));
    expect(table).toMatch(message);
    expect(table).not.toContain(password);
  });
});
