import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { systemCode } from '../../errors/system-code.ts';
import { type ContactMark, StorageError } from '../../ports/storage.ts';
import { toContactMark } from '../rows.ts';
import { explainFile } from './database-file.ts';
import { BUSY_LIMIT_MS, toStorageError } from './faults.ts';
import { checkOwnership, checkPages } from './integrity-check.ts';

/**
 * Looks whether a file is a database of ours that this Gatehouse can use, and answers the contacts it holds, but
 * for their addresses; changes nothing.
 *
 * @throws {StorageError} `storage-missing`, `storage-foreign`, `storage-newer`, `storage-corrupt`, `storage-not-writable`.
 */
export async function inspectDatabase(path: string): Promise<readonly ContactMark[]> {
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
    return db.prepare('SELECT * FROM contacts').all().map(toContactMark);
  } catch (error) {
    throw toStorageError(error, path);
  } finally {
    db?.close();
  }
}

async function mustBeThere(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw explainFile(error, path);
  });
  if (found?.isFile() === true) return;
  throw new StorageError('storage-missing', `Storage ${path} is no file; name one that Gatehouse wrote.`);
}
