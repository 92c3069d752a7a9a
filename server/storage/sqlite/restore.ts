import { constants } from 'node:fs';
import { copyFile, readdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../../ports/storage.ts';
import { copyDatabase } from './copy.ts';
import { belongLike, explainFile } from './database-file.ts';
import { sqliteCode, toStorageError } from './faults.ts';
import { inspectDatabase } from './inspect.ts';

/** Files SQLite keeps beside a database. */
const SIDE_FILES = ['-wal', '-shm'];

/**
 * Puts a backup in a storage's place. What was there is kept beside it, damaged or not. Until the last step, a rename,
 * nothing has changed.
 *
 * @param now For the name of what is kept.
 * @returns path of what was replaced; undefined when there was nothing.
 * @throws {StorageError} when the backup is not ours or damaged, or somebody has the storage open.
 */
export async function restoreDatabase(backup: string, path: string, now: Date): Promise<string | undefined> {
  await inspectDatabase(backup);
  const fresh = `${path}.restoring-${process.pid}`;
  await copyDatabase(backup, fresh);
  try {
    await inspectDatabase(fresh);
    const isReplacing = (await stat(path).catch(() => undefined)) !== undefined;
    await belongLike(fresh, isReplacing ? path : dirname(path));
    const kept = `${path}.replaced-${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
    const wasThere = await setAside(path, kept);
    await rename(fresh, path);
    return wasThere ? kept : undefined;
  } catch (error) {
    throw explainFile(error, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Keeps a copy of what is there, with what belongs to it; answers whether there was anything. */
async function setAside(path: string, kept: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  const fault = await faultOf(path);
  // Another program's database is not ours to replace; an empty file is nobody's.
  if (fault?.code === 'storage-foreign' && found.size > 0) throw fault;
  const isDamaged = fault?.code === 'storage-corrupt';
  if (await (isDamaged ? isOpenSomewhere(path) : isHeld(path)))
    throw new StorageError(
      'storage-busy',
      `Storage ${path} is in use; stop Gatehouse, restore, and start it again.`,
    );
  await copyFile(path, kept, constants.COPYFILE_EXCL);
  for (const side of SIDE_FILES) {
    // A damaged database keeps them; they would be taken for the restored one's.
    await rename(path + side, kept + side).catch(() => undefined);
  }
  return true;
}

async function faultOf(path: string): Promise<StorageError | undefined> {
  try {
    await inspectDatabase(path);
    return undefined;
  } catch (error) {
    if (error instanceof StorageError) return error;
    throw error;
  }
}

/** Whether another process, or another part of this one, has the database open. A damaged one cannot be asked. */
async function isHeld(path: string): Promise<boolean> {
  const db = new DatabaseSync(path);
  try {
    // SQLite leaves WAL mode only for whoever is alone with the file; that also writes the rest of the WAL into it.
    db.prepare('PRAGMA journal_mode = DELETE').get();
    return false;
  } catch (error) {
    if (sqliteCode(error) === 5) return true;
    throw toStorageError(error, path);
  } finally {
    db.close();
  }
}

/** Whether a process we may look at has the file open. Answers false where there is no /proc. */
async function isOpenSomewhere(path: string): Promise<boolean> {
  const wanted = await realpath(path);
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const id of processes) {
    const files = await readdir(`/proc/${id}/fd`).catch(() => []);
    for (const file of files) {
      if ((await readlink(`/proc/${id}/fd/${file}`).catch(() => '')) === wanted) return true;
    }
  }
  return false;
}
