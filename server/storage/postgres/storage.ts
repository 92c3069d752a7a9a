import type { Storage, StorageLog } from '../storage.ts';
import { StorageError } from '../storage-error.ts';
import { findAddressFault, parsePostgresAddress } from './address.ts';
import { createPostgresAudit } from './audit.ts';
import { createPostgresContacts } from './contacts.ts';
import { openPool } from './database.ts';
import { createPostgresLimits } from './limits.ts';
import { createPostgresLinks } from './links.ts';
import { migrate } from './migrate.ts';
import { createPostgresOutbox } from './outbox.ts';
import { removeOldRows } from './retention.ts';
import { createPostgresSettings } from './settings.ts';

/** Opens a storage in PostgreSQL; see `openStorage`. @throws {StorageError} */
export async function openPostgresStorage(location: string, log?: StorageLog): Promise<Storage> {
  const fault = findAddressFault(location);
  if (fault !== undefined) throw new StorageError('storage-unsupported', `The storage address ${fault}.`);
  const db = await openPool(parsePostgresAddress(location));
  try {
    await migrate(db, { log });
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
