import type { StorageLog } from '../storage.ts';
import { StorageError } from '../storage-error.ts';
import type { Postgres, Query } from './database.ts';
import { MIGRATIONS } from './migrations.ts';

const DUMP_BEFORE =
  'The schema is brought up to date in one transaction. Gatehouse keeps no copy of a PostgreSQL database: make a pg_dump before each update.';

/** How {@link migrate} goes about its work. */
export interface MigrateOptions {
  readonly migrations?: readonly string[];
  readonly log?: StorageLog | undefined;
}

/**
 * Brings our schema to the newest version; makes it where there is none. Each step is one transaction with its number
 * inside, under a lock, so that of several processes one does it and the others wait.
 *
 * @throws {StorageError} `storage-newer`, `storage-foreign`; nothing was changed.
 */
export async function migrate(db: Postgres, options: MigrateOptions = {}): Promise<void> {
  const { migrations = MIGRATIONS, log } = options;
  if ((await readVersion(db.query, db)) === migrations.length) return;
  await step(db, async (query) => {
    if ((await readVersion(query, db)) === undefined) await makeSchema(query, db);
  });
  for (const [index, sql] of migrations.entries()) {
    await step(db, async (query) => {
      const version = (await readVersion(query, db)) ?? 0;
      if (version > migrations.length) throw newer(db, version, migrations.length);
      if (version !== index) return;
      if (index > 0) log?.warn({ event: 'storage-migrates', schema: index + 1 }, DUMP_BEFORE);
      await query(sql);
      await query('UPDATE @schema_version SET version = $1', [index + 1]);
    });
  }
}

async function step(db: Postgres, work: (query: Query) => Promise<void>): Promise<void> {
  await db.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['gatehouse schema', db.schema]);
    await work(query);
  });
}

/** Undefined when our schema has not been made. */
async function readVersion(query: Query, { schema }: Postgres): Promise<number | undefined> {
  // Not to_regclass(): that may answer from before we had the lock.
  const { count } = await query(
    `SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE nspname = $1 AND relname = 'schema_version'`,
    [schema],
  );
  if (count === 0) return undefined;
  const version = await query('SELECT version FROM @schema_version');
  return Number(version.rows[0]?.['version'] ?? 0);
}

async function makeSchema(query: Query, { schema, place }: Postgres): Promise<void> {
  const found = await query(
    `SELECT (SELECT COUNT(*) FROM pg_class WHERE relnamespace = pg_namespace.oid) AS many
     FROM pg_namespace WHERE nspname = $1`,
    [schema],
  );
  const [row] = found.rows;
  if (Number(row?.['many'] ?? 0) > 0) {
    throw new StorageError(
      'storage-foreign',
      `Storage ${place} has tables of another program in the schema ${schema}; name one of its own, as in ?schema=gatehouse.`,
    );
  }
  // Asked before, because CREATE SCHEMA IF NOT EXISTS needs the right to make one even where there is one.
  if (row === undefined) await query(`CREATE SCHEMA "${schema}"`);
  await query('CREATE TABLE @schema_version (version INTEGER NOT NULL)');
  await query('INSERT INTO @schema_version (version) VALUES (0)');
}

function newer({ place }: Postgres, version: number, known: number): StorageError {
  return new StorageError(
    'storage-newer',
    `Storage ${place} has schema ${version}, this Gatehouse knows up to ${known}; ` +
      'install the newer Gatehouse that wrote it, or restore a dump from before the update.',
  );
}
