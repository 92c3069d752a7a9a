import { stat } from 'node:fs/promises';
import { isPostgresAddress } from '../config/postgres-address.ts';
import type { Storage, StorageLog, StorageStatus } from '../ports/storage.ts';
import { StorageError } from '../ports/storage.ts';
import { inspectDatabase } from './sqlite/inspect.ts';
import { openSqliteStorage } from './sqlite/storage.ts';

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

/**
 * Looks whether a storage can be used, without making it or bringing its schema up to date: a Gatehouse of another
 * version may be at work on it.
 *
 * @throws {StorageError} when it cannot be used.
 */
export async function inspectStorage(location: string): Promise<StorageStatus> {
  if (isPostgresAddress(location)) {
    const { inspectPostgres } = await import('./postgres/inspect.ts');
    return inspectPostgres(location);
  }
  const found = await stat(location).catch(() => undefined);
  // An empty file is what a start that was ended early leaves.
  if (found?.isFile() === true && found.size === 0) return { isMade: false, contacts: [] };
  return { isMade: true, contacts: await inspectDatabase(location) };
}
