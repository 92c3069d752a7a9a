import type { StorageLog } from '../../ports/storage.ts';
import { StorageError } from '../../ports/storage.ts';
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
  let version = await readVersion(db.query, db);
  while (version !== migrations.length) {
    version = await step(db, async (query) => {
      // Asked again inside: another process may have done the step while we waited.
      const current = (await readVersion(query, db)) ?? (await makeSchema(query, db));
      refuseNewer(db, current, migrations.length);
      // A new schema gets all steps at once.
      const next = current === 0 ? migrations.length : Math.min(current + 1, migrations.length);
      if (current > 0 && current < next) log?.warn({ event: 'storage-migrates', schema: next }, DUMP_BEFORE);
      for (const sql of migrations.slice(current, next)) await query(sql);
      await query('UPDATE @schema_version SET version = $1', [next]);
      return next;
    });
  }
}

function step(db: Postgres, work: (query: Query) => Promise<number>): Promise<number> {
  return db.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', ['gatehouse schema', db.schema]);
    return work(query);
  });
}

/** Whether there is nothing to bring up to date. @throws {StorageError} */
export async function isUpToDate(db: Postgres): Promise<boolean> {
  return (await readVersion(db.query, db)) === MIGRATIONS.length;
}

/** The version of our schema; undefined when it has not been made. */
export async function readVersion(query: Query, { schema }: Postgres): Promise<number | undefined> {
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

/** Answers its version, 0. */
async function makeSchema(query: Query, { schema, place }: Postgres): Promise<number> {
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
  return 0;
}

/** @throws {StorageError} `storage-newer` when a newer Gatehouse made that version. */
export function refuseNewer({ place }: Postgres, version: number, known = MIGRATIONS.length): void {
  if (version <= known) return;
  throw new StorageError(
    'storage-newer',
    `Storage ${place} has schema ${version}, this Gatehouse knows up to ${known}; ` +
      'install the newer Gatehouse that wrote it, or restore a dump from before the update.',
  );
}
