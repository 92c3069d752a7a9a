import { stat } from 'node:fs/promises';
import { isPostgresAddress } from '../config/postgres-address.ts';
import type { StorageSight } from '../ports/storage.ts';
import { inspectDatabase } from './sqlite/inspect.ts';

/**
 * Looks whether a storage can be used, without making it or bringing its schema up to date: a Gatehouse of another
 * version may be at work on it.
 *
 * @throws {StorageError} when it cannot be used.
 */
export async function inspectStorage(location: string): Promise<StorageSight> {
  if (isPostgresAddress(location)) {
    const { inspectPostgres } = await import('./postgres/inspect.ts');
    return inspectPostgres(location);
  }
  const found = await stat(location).catch(() => undefined);
  // An empty file is what a start that was ended early leaves.
  if (found?.isFile() === true && found.size === 0) return { isMade: false, contacts: 0 };
  return { isMade: true, contacts: await inspectDatabase(location) };
}
