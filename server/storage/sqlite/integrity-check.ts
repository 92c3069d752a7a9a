import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../ports/storage.ts';
import { MIGRATIONS } from './migrations.ts';

/** "Gate" in ASCII, so that a file can be told from any other program's. */
export const APPLICATION_ID = 0x47617465;

/**
 * Refuses a file that is not ours to change: one made by a newer Gatehouse, or another program's database.
 * Reads only.
 *
 * @throws {StorageError} `storage-newer`, `storage-foreign`.
 */
export function checkOwnership(db: DatabaseSync, path: string): void {
  const version = readPragma(db, 'user_version');
  const applicationId = readPragma(db, 'application_id');
  const hasTables = db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (applicationId !== APPLICATION_ID && (hasTables || applicationId !== 0)) {
    throw new StorageError(
      'storage-foreign',
      `Storage ${path} is a database of another program; name a file of its own under storage.`,
    );
  }
  if (version > MIGRATIONS.length) {
    throw new StorageError(
      'storage-newer',
      `Storage ${path} has schema ${version}, this Gatehouse knows up to ${MIGRATIONS.length}; ` +
        'install the newer Gatehouse that wrote it, or put a backup from before the update in its place.',
    );
  }
}

/** Reads the pages through. @throws {StorageError} `storage-corrupt`. */
export function checkPages(db: DatabaseSync, path: string): void {
  const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found === 'ok') return;
  const where = String(found).replace('*** in database main ***', '').replace(/\s+/g, ' ').trim();
  throw new StorageError(
    'storage-corrupt',
    `Storage ${path} is damaged (${where}); stop Gatehouse and run gatehouse restore with a backup.`,
  );
}

/** A number in the file's header: its schema, or whose file it is. */
export function readPragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
