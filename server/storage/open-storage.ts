import { isPostgresAddress } from '../config/postgres-address.ts';
import type { Storage, StorageLog } from '../ports/storage.ts';
import { StorageError } from '../ports/storage.ts';
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
