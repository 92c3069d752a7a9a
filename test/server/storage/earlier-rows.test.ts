import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { isPostgresAddress } from '../../../server/config/postgres-address.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { MIGRATIONS as POSTGRES_MIGRATIONS } from '../../../server/storage/postgres/migrations.ts';
import { MIGRATIONS as SQLITE_MIGRATIONS } from '../../../server/storage/sqlite/migrations.ts';
import { fillWithSampleRows, PEOPLE } from '../../fixtures/sample-rows.ts';
import { DATABASE_FIXTURES, placeFixture } from '../../support/storage/database-fixtures.ts';
import { kept } from '../../support/storage/kept-contact.ts';
import { tempPostgresStorage, usePostgres } from '../../support/storage/temp-postgres.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const server = usePostgres();

type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Every row of every table, past our own code; the version of the schema left out. */
async function readAll(location: string, schema = 'gatehouse'): Promise<Rows> {
  if (isPostgresAddress(location)) {
    const tables = await server().run(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = '${schema}' AND tablename <> 'schema_version'`,
    );
    const read = async (name: string) => [name, await server().run(`SELECT * FROM ${schema}.${name}`)];
    return Object.fromEntries(await Promise.all(tables.map(({ name }) => read(String(name)))));
  }
  const db = new DatabaseSync(location, { readOnly: true });
  const names = db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name));
  const rows = Object.fromEntries(names.map((name) => [name, db.prepare(`SELECT * FROM ${name}`).all()]));
  db.close();
  return rows;
}

function emptyTables(rows: Rows): string[] {
  return Object.entries(rows).flatMap(([name, { length }]) => (length === 0 ? [name] : []));
}

test.each(DATABASE_FIXTURES)('every row of %s is there after an update, with all it had', async (name) => {
  const location = await placeFixture(name, server());
  const before = await readAll(location);
  await (await openStorage(location)).close();
  const after = await readAll(location);
  for (const [table, rows] of Object.entries(before)) {
    expect(after[table], table).toHaveLength(rows.length);
    for (const row of rows) expect(after[table], table).toContainEqual(expect.objectContaining(row));
  }
});

test.each(['sqlite-schema-5.sql', 'postgres-schema-4.sql'])(
  'an address that was removed before %s was left counts as replaced, and a message keeps its second secret',
  async (name) => {
    const storage = await openStorage(await placeFixture(name, server()));
    const elif = { userId: PEOPLE.Elif, userName: 'Elif', channel: 'email', address: 'elif@example.org' };
    const now = 9_000_000_000_000;
    await storage.contacts.set(elif, now);
    expect(await storage.contacts.formerOf(PEOPLE.Elif, now)).toEqual([
      kept({ ...elif, address: 'elif.old@example.org' }),
    ]);
    const waiting = await storage.outbox.claim('email', 'now', 1_800_000_005_000, 1_000, 9);
    expect(waiting.find((row) => 'key' in row && row.key === 'key-anna-link')).toMatchObject({
      secretVersion: 1,
      tries: 2,
    });
    await storage.close();
  },
);

describe('there is a database of every schema since the first that was kept, the present one included', () => {
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

  // Where one is missing: run `npm run new:fixtures` with the version that has that schema (CONTRIBUTING.md).
  test('for SQLite', () => {
    const wanted = numbers(5, SQLITE_MIGRATIONS.length).map((schema) => `sqlite-schema-${schema}.sql`);
    expect(DATABASE_FIXTURES).toEqual(expect.arrayContaining(wanted));
  });

  test('for PostgreSQL', () => {
    const wanted = numbers(4, POSTGRES_MIGRATIONS.length).map((schema) => `postgres-schema-${schema}.sql`);
    expect(DATABASE_FIXTURES).toEqual(expect.arrayContaining(wanted));
  });
});

describe('the next one will have rows in every table', () => {
  test('of SQLite', async () => {
    const storage = await tempStorage();
    await fillWithSampleRows(storage);
    expect(emptyTables(await readAll(storage.path))).toEqual([]);
  });

  test('of PostgreSQL', async () => {
    const storage = await tempPostgresStorage(server());
    await fillWithSampleRows(storage);
    const schema = new URL(storage.url).searchParams.get('schema') ?? '';
    expect(emptyTables(await readAll(storage.url, schema))).toEqual([]);
  });
});
