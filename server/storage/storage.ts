import type { OutboxStore } from '../outbox/outbox-store.ts';
import type { Audit, Contacts, Limits, ResetLinks, Settings } from '../ports.ts';
import { createSqliteAudit } from './sqlite/audit.ts';
import { createSqliteContacts } from './sqlite/contacts.ts';
import { openSqlite } from './sqlite/database.ts';
import { createSqliteLimits } from './sqlite/limits.ts';
import { createSqliteLinks } from './sqlite/links.ts';
import { createSqliteOutbox } from './sqlite/outbox.ts';
import { removeOldRows } from './sqlite/retention.ts';
import { createSqliteSettings } from './sqlite/settings.ts';
import { StorageError } from './storage-error.ts';

/** From before when rows are old, by what they are. */
export interface RetentionAges {
  /** Limits whose window ended before are forgotten. */
  readonly now: number;
  /** For ended outbox rows and dead secrets. */
  readonly endedBefore: number;
  readonly auditBefore: number;
}

/** Everything the reset service keeps. */
export interface Storage {
  readonly contacts: Contacts;
  readonly links: ResetLinks;
  readonly outbox: OutboxStore;
  readonly limits: Limits;
  readonly audit: Audit;
  readonly settings: Settings;
  /** Removes rows nobody can use any more; answers how many went. */
  removeOld(ages: RetentionAges): Promise<number>;
  /** Closes it; what is under way ends first. Idempotent, never throws. */
  close(): Promise<void>;
}

/**
 * Opens what `storage:` of the config names.
 *
 * @param location Path of a SQLite file, relative to the working folder; made when it is missing.
 * @throws {StorageError} when it cannot be used; nothing was deleted. Try again later, or show its message.
 */
export async function openStorage(location: string): Promise<Storage> {
  if (/^[a-z]+:\/\//i.test(location)) {
    throw new StorageError(
      'storage-unsupported',
      'Storage can be a SQLite file only so far; write a path, such as ./gatehouse.db.',
    );
  }
  const db = await openSqlite(location);
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
