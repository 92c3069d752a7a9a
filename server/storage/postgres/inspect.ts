import { parsePostgresAddress } from '../../config/postgres-address.ts';
import type { StorageStatus } from '../../ports/storage.ts';
import { StorageError } from '../../ports/storage.ts';
import { toContactMark } from '../rows.ts';
import { openPool, type Postgres } from './database.ts';
import { readVersion, refuseNewer } from './migrate.ts';

/** As `inspectStorage`, for PostgreSQL. @throws {StorageError} */
export async function inspectPostgres(location: string): Promise<StorageStatus> {
  const db = await openPool(parsePostgresAddress(location));
  try {
    await refuseReadOnly(db);
    const version = await readVersion(db.query, db);
    if (version === undefined) return { isMade: false, contacts: [] };
    refuseNewer(db, version);
    const { rows } = await db.query('SELECT * FROM @contacts');
    return { isMade: true, contacts: rows.map(toContactMark) };
  } finally {
    await db.close();
  }
}

async function refuseReadOnly({ query, place }: Postgres): Promise<void> {
  const { rows } = await query(`SELECT current_setting('transaction_read_only') AS is_read_only`);
  if (rows[0]?.['is_read_only'] !== 'on') return;
  throw new StorageError(
    'storage-not-writable',
    `Storage ${place} may only be read; name the server that takes writes, or give our user the right to write.`,
  );
}
