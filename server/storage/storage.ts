import type { OutboxStore } from '../outbox/outbox-store.ts';
import type { Contacts, ResetLinks } from '../ports.ts';
import { openSqlite } from './sqlite.ts';
import { createSqliteContacts } from './sqlite-contacts.ts';
import { createSqliteLinks } from './sqlite-links.ts';
import { createSqliteOutbox } from './sqlite-outbox.ts';
import { removeOldRows } from './sqlite-retention.ts';
import { StorageError } from './storage-error.ts';

/** Everything the reset service keeps. */
export interface Storage {
  readonly contacts: Contacts;
  readonly links: ResetLinks;
  readonly outbox: OutboxStore;
  /** Removes ended outbox rows and dead links from before that time; answers how many rows went. */
  removeOld(before: number): Promise<number>;
  /** Closes it. Idempotent. */
  close(): void;
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
    removeOld: (before) => removeOldRows(db, before),
    close: () => db.close(),
  };
}
