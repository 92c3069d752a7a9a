import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { asOwner } from './as-owner.ts';
import type { DatabaseFile } from './database-file.ts';
import { toRefusal } from './sqlite-refusal.ts';

/** How long is waited for another process that holds the file, in milliseconds. */
export const BUSY_MS = 5_000;

/**
 * Reads a database without changing a byte of it or of what is beside it.
 *
 * @param isRunning Whether a Jellyfin runs with it, and is seen to hold a lock: then SQLite may read it as ever. Without that
 *   lock a look from outside would delete the log under Jellyfin, and nobody may call this. Else it must be stopped.
 * @throws {RescueRefusal}
 */
export async function readDatabase<T>(
  file: DatabaseFile,
  isRunning: boolean,
  read: (db: DatabaseSync) => T,
): Promise<T> {
  return await asOwner(file.owner, async () => {
    try {
      if (isRunning)
        return withDatabase(new DatabaseSync(file.path, { readOnly: true, timeout: BUSY_MS }), read);
      return file.hasLog ? await readWithLog(file.path, read) : readAlone(file.path, read);
    } catch (error) {
      throw toRefusal(error, file.path);
    }
  });
}

/** Nobody has it open and all is in the one file, so it is read as if it could not change: without locks and side files. */
function readAlone<T>(path: string, read: (db: DatabaseSync) => T): T {
  const address = pathToFileURL(path);
  address.searchParams.set('immutable', '1');
  return withDatabase(new DatabaseSync(address, { readOnly: true }), read);
}

/**
 * Part of it is in the log of a Jellyfin that did not end well. SQLite wants to work on log and index when it reads; so it gets
 * a second name of the file, which it may only read, beside a copy of the log.
 */
async function readWithLog<T>(path: string, read: (db: DatabaseSync) => T): Promise<T> {
  const folder = await mkdtemp(`${path}.reading-`);
  const twin = join(folder, basename(path));
  try {
    await link(path, twin).catch(() => copyFile(path, twin));
    await copyFile(`${path}-wal`, `${twin}-wal`);
    return withDatabase(new DatabaseSync(twin, { readOnly: true, timeout: BUSY_MS }), read);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withDatabase<T>(db: DatabaseSync, read: (db: DatabaseSync) => T): T {
  try {
    // Nothing that somebody wrote into a schema is run.
    db.exec('PRAGMA trusted_schema = OFF');
    return read(db);
  } finally {
    db.close();
  }
}
