import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../ports/storage.ts';
import { text } from '../rows.ts';
import { explainFile } from './database-file.ts';
import { BUSY_LIMIT_MS, toStorageError } from './faults.ts';
import { checkOwnership, checkPages } from './integrity-check.ts';

/**
 * Looks whether a file is a database of ours that this Gatehouse can use, and answers for each contact it holds the id of the
 * account; changes nothing.
 *
 * @throws {StorageError} `storage-missing`, `storage-foreign`, `storage-newer`, `storage-corrupt`, `storage-not-writable`.
 */
export async function inspectDatabase(path: string): Promise<readonly string[]> {
  await mustBeThere(path);
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true, timeout: BUSY_LIMIT_MS });
    checkOwnership(db, path);
    if (db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined)
      throw new StorageError(
        'storage-foreign',
        `Storage ${path} is empty; name a file that Gatehouse wrote.`,
      );
    checkPages(db, path);
    return db
      .prepare('SELECT user_id FROM contacts')
      .all()
      .map((row) => text(row, 'user_id'));
  } catch (error) {
    throw toStorageError(error, path);
  } finally {
    db?.close();
  }
}

async function mustBeThere(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw explainFile(error, path);
  });
  if (found?.isFile() === true) return;
  throw new StorageError('storage-missing', `Storage ${path} is no file; name one that Gatehouse wrote.`);
}
