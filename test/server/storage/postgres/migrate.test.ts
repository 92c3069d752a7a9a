import { expect, onTestFinished, test } from 'vitest';
import { parsePostgresAddress } from '../../../../server/config/postgres-address.ts';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { openPool, type Postgres } from '../../../../server/storage/postgres/database.ts';
import { migrate } from '../../../../server/storage/postgres/migrate.ts';
import { MIGRATIONS } from '../../../../server/storage/postgres/migrations.ts';
import { keepLines } from '../../../support/log/kept-lines.ts';
import { usePostgres } from '../../../support/storage/temp-postgres.ts';

const server = usePostgres();
const contact = { userName: 'anna', channel: 'email', address: 'a@example.org' } as const;

async function openEmpty(url = server().freshUrl()): Promise<Postgres> {
  const db = await openPool(parsePostgresAddress(url));
  onTestFinished(() => db.close());
  return db;
}

async function tablesOf(db: Postgres): Promise<unknown[]> {
  const { rows } = await db.query('SELECT tablename FROM pg_tables WHERE schemaname = $1 ORDER BY 1', [
    db.schema,
  ]);
  return rows.map((row) => row['tablename']);
}

test('several that open an empty database at once make the schema once', async () => {
  const url = server().freshUrl();
  const all = await Promise.all(Array.from({ length: 5 }, () => openStorage(url)));
  await Promise.all(all.map((storage, i) => storage.contacts.set({ ...contact, userId: String(i) })));
  expect(await all[0]?.contacts.list()).toHaveLength(5);
  for (const storage of all) await storage.close();
});

test('two schemas of one database know nothing of each other', async () => {
  const [one, other] = [await openStorage(server().freshUrl()), await openStorage(server().freshUrl())];
  await one.contacts.set({ ...contact, userId: '1' });
  expect(await other.contacts.list()).toEqual([]);
  await one.close();
  await other.close();
});

test('each later step is made once, in order, and the log says that a dump was due', async () => {
  const db = await openEmpty();
  const kept = keepLines();
  const steps = [...MIGRATIONS, 'CREATE TABLE @more (x TEXT)', 'ALTER TABLE @more ADD COLUMN y TEXT'];
  await migrate(db, { migrations: MIGRATIONS, log: kept.log });
  expect(kept.lines).toEqual([]);
  await migrate(db, { migrations: steps, log: kept.log });
  await migrate(db, { migrations: steps, log: kept.log });
  expect(kept.lines).toMatchObject([
    { event: 'storage-migrates', schema: MIGRATIONS.length + 1 },
    { event: 'storage-migrates', schema: MIGRATIONS.length + 2 },
  ]);
  expect(String(kept.lines[0]?.['msg'])).toContain('pg_dump');
  expect(await tablesOf(db)).toContain('more');
});

test('a step that fails leaves nothing of itself, and the one before stays', async () => {
  const db = await openEmpty();
  const steps = [
    ...MIGRATIONS,
    'CREATE TABLE @good (x TEXT)',
    'CREATE TABLE @half (x TEXT); CREATE TABLE @good (x TEXT)',
  ];
  await migrate(db, { migrations: MIGRATIONS });
  await expect(migrate(db, { migrations: steps })).rejects.toMatchObject({ code: 'storage-failed' });
  expect(await tablesOf(db)).toContain('good');
  expect(await tablesOf(db)).not.toContain('half');
  expect((await db.query('SELECT version FROM @schema_version')).rows).toEqual([
    { version: MIGRATIONS.length + 1 },
  ]);
});

test('a schema of a newer Gatehouse is left alone', async () => {
  const url = server().freshUrl();
  await (await openStorage(url)).close();
  const db = await openEmpty(url);
  await db.query('UPDATE @schema_version SET version = 99');
  await expect(openStorage(url)).rejects.toMatchObject({
    code: 'storage-newer',
    message: expect.stringContaining('has schema 99'),
  });
  expect((await db.query('SELECT version FROM @schema_version')).rows).toEqual([{ version: 99 }]);
});

test('a schema of another program is left alone', async () => {
  const db = await openEmpty();
  await db.query(`CREATE SCHEMA "${db.schema}"`);
  await db.query('CREATE TABLE @films (name TEXT)');
  await expect(migrate(db)).rejects.toMatchObject({ code: 'storage-foreign' });
  expect(await tablesOf(db)).toEqual(['films']);
});

test('a user who may only use the schema made for it needs no right to make one', async () => {
  const schema = parsePostgresAddress(server().freshUrl()).schema;
  await server().run(
    `CREATE ROLE modest LOGIN PASSWORD 'modest'; CREATE SCHEMA ${schema} AUTHORIZATION modest`,
  );
  const url = `postgres://modest:modest@127.0.0.1:${server().port}/postgres`;
  const storage = await openStorage(`${url}?schema=${schema}`);
  await storage.contacts.set({ ...contact, userId: '1' });
  await storage.close();
  await expect(openStorage(`${url}?schema=another`)).rejects.toMatchObject({ code: 'storage-not-writable' });
});
