import type { DatabaseSync } from 'node:sqlite';
import { userNameKey } from '../../jellyfin/name-compare.ts';
import { StorageError } from '../storage-error.ts';
import { retryWhileBusy } from './busy.ts';
import { MIGRATIONS } from './migrations.ts';

/** "Gate" in ASCII, so that a file can be told from any other program's. */
const APPLICATION_ID = 0x47617465;

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

/**
 * Brings the file to the newest schema. Each step is one transaction with its number inside, so a process killed
 * in the middle leaves the old schema or the new one, and two processes at once do each step once.
 */
export async function migrate(db: DatabaseSync, migrations: readonly string[] = MIGRATIONS): Promise<void> {
  db.function('user_name_key', { deterministic: true }, (name) => userNameKey(String(name)));
  for (const [index, sql] of migrations.entries()) {
    await retryWhileBusy(() => {
      if (readPragma(db, 'user_version') > index) return;
      db.exec('BEGIN IMMEDIATE');
      try {
        // Asked again inside: another process may have done the step while we waited.
        if (readPragma(db, 'user_version') === index) {
          db.exec(sql);
          db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1}`);
        }
        db.exec('COMMIT');
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    });
  }
}

function readPragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
