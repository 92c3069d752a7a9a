import type { Storage, StorageLog } from '../storage.ts';
import { createSqliteAudit } from './audit.ts';
import { createSqliteContacts } from './contacts.ts';
import { openSqlite } from './database.ts';
import { createSqliteLimits } from './limits.ts';
import { createSqliteLinks } from './links.ts';
import { createSqliteOutbox } from './outbox.ts';
import { removeOldRows } from './retention.ts';
import { createSqliteSettings } from './settings.ts';

/** Opens a storage in a SQLite file; see `openStorage`. @throws {StorageError} */
export async function openSqliteStorage(path: string, log?: StorageLog): Promise<Storage> {
  const db = await openSqlite(path, { log });
  return {
    contacts: createSqliteContacts(db),
    links: createSqliteLinks(db),
    outbox: createSqliteOutbox(db),
    limits: createSqliteLimits(db),
    audit: createSqliteAudit(db),
    settings: createSqliteSettings(db),
    removeOld: (ages) => removeOldRows(db, ages),
    close: async () => db.close(),
  };
}
