import type { Log } from '../../injector/kit/log.ts';
import { isPostgresAddress } from '../config/postgres-address.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import type { Audit, Contacts, Limits, ResetLinks, Settings } from '../ports/ports.ts';
import { StorageError } from '../ports/storage.ts';
import { openSqliteStorage } from './sqlite/storage.ts';

/** From before when rows are old, by what they are. */
export interface RetentionAges {
  /** Limits whose window ended before are forgotten. */
  readonly now: number;
  /** For ended outbox rows and dead secrets. */
  readonly endedBefore: number;
  readonly auditBefore: number;
}

/** Where a storage tells what it does by itself. */
export type StorageLog = Pick<Log, 'info' | 'warn'>;

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
 * Opens what `storage:` of the config names, and brings its schema up to date.
 *
 * @param location A `postgres://` address, or the path of a SQLite file, relative to the working folder; the file is
 *   made when it is missing.
 * @throws {StorageError} when it cannot be used; nothing was deleted. Try again later, or show its message.
 */
export async function openStorage(location: string, log?: StorageLog): Promise<Storage> {
  if (isPostgresAddress(location)) {
    // Loaded only where it is used, for the memory.
    const { openPostgresStorage } = await import('./postgres/storage.ts');
    return openPostgresStorage(location, log);
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) {
    throw new StorageError(
      'storage-unsupported',
      'Storage can be the path of a SQLite file, such as ./gatehouse.db, or a postgres:// address.',
    );
  }
  return openSqliteStorage(location, log);
}
