import type { Storage, StorageLog } from '../storage.ts';
import { StorageError } from '../storage-error.ts';
import { findAddressFault, parsePostgresAddress } from './address.ts';
import { createPostgresAudit } from './audit.ts';
import { createPostgresContacts } from './contacts.ts';
import { openPool } from './database.ts';
import { createPostgresLimits } from './limits.ts';
import { createPostgresLinks } from './links.ts';
import { isUpToDate, migrate } from './migrate.ts';
import { createPostgresOutbox } from './outbox.ts';
import { removeOldRows } from './retention.ts';
import { createPostgresSettings } from './settings.ts';

const PATIENT_LIMITS = { connectMs: 4_000, statementMs: 30 * 60_000 };

/** Opens a storage in PostgreSQL; see `openStorage`. @throws {StorageError} */
export async function openPostgresStorage(location: string, log?: StorageLog): Promise<Storage> {
  const fault = findAddressFault(location);
  if (fault !== undefined) throw new StorageError('storage-unsupported', `The storage address ${fault}.`);
  const db = await openPool(parsePostgresAddress(location));
  try {
    if (!(await isUpToDate(db))) await bringUpToDate(location, log);
  } catch (error) {
    await db.close();
    throw error;
  }
  return {
    contacts: createPostgresContacts(db),
    links: createPostgresLinks(db),
    outbox: createPostgresOutbox(db),
    limits: createPostgresLimits(db),
    audit: createPostgresAudit(db),
    settings: createPostgresSettings(db),
    removeOld: (ages) => removeOldRows(db, ages),
    close: () => db.close(),
  };
}

/** Over a connection of its own, where a statement may take as long as a large table takes. */
async function bringUpToDate(location: string, log: StorageLog | undefined): Promise<void> {
  const db = await openPool(parsePostgresAddress(location), PATIENT_LIMITS);
  await migrate(db, { log }).finally(() => db.close());
}
