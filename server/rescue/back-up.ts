import { constants } from 'node:fs';
import { chmod, copyFile, lstat, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asOwner } from './as-owner.ts';
import type { DatabaseFile } from './database-file.ts';
import { BUSY_MS } from './read-database.ts';
import { RescueRefusal } from './refusal.ts';
import { damaged, toRefusal } from './sqlite-refusal.ts';

/** What has to stay free besides, in bytes: the writing itself needs some. */
const MARGIN = 16 * 1024 * 1024;

/** How a backup is made. */
export interface BackUpParts {
  readonly file: DatabaseFile;
  /** As for `readDatabase`: it runs, and is seen to hold a lock. */
  readonly isRunning: boolean;
  /** Where it goes; default beside the database. */
  readonly folder: string | undefined;
  readonly now: Date;
}

/**
 * Makes a copy of the database as one file of mode 0600, `jellyfin.db.before-rescue-20261201043000`, and reads it through. It has
 * its name only when it is complete, sound and on disk; the database itself is not changed.
 *
 * @returns Its path.
 * @throws {RescueRefusal} when there is no room, the database is damaged or held, or the folder cannot be written; no half copy is left.
 */
export async function backUp({ file, isRunning, folder, now }: BackUpParts): Promise<string> {
  const target = folder ?? dirname(file.path);
  return await asOwner(file.owner, async () => {
    for (const place of new Set([target, dirname(file.path)])) await removeHalves(place, basename(file.path));
    await refuseFullDisk(target, file);
    const name = `${basename(file.path)}.before-rescue-${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
    const path = await findFreeName(join(target, name));
    const half = `${path}.part`;
    try {
      if (isRunning) copyRunning(file.path, half);
      else await copyStopped(file, half);
      await chmod(half, 0o600);
      checkCopy(half, file.path);
      await sync(half);
      await rename(half, path);
      return path;
    } catch (error) {
      throw toRefusal(error, path);
    } finally {
      for (const side of ['', '-wal', '-shm', '-journal']) await rm(half + side, { force: true });
    }
  });
}

/** As one moment has it, while Jellyfin writes on. */
function copyRunning(from: string, to: string): void {
  const db = new DatabaseSync(from, { readOnly: true, timeout: BUSY_MS });
  try {
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
}

/** Byte for byte, so that the file is not opened before its copy is known to be sound. */
async function copyStopped({ path, hasLog }: DatabaseFile, to: string): Promise<void> {
  const mode = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
  await copyFile(path, to, mode);
  await chmod(to, 0o600);
  if (hasLog) await copyFile(`${path}-wal`, `${to}-wal`, mode);
}

/** Also writes what a log beside it has into it. @throws {RescueRefusal} when it is damaged. */
function checkCopy(copy: string, original: string): void {
  const db = new DatabaseSync(copy);
  try {
    db.exec('PRAGMA trusted_schema = OFF');
    db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    const found = String(db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
    if (found !== 'ok') throw damaged(original, found);
  } catch (error) {
    throw toRefusal(error, original);
  } finally {
    db.close();
  }
}

async function refuseFullDisk(folder: string, { size, path }: DatabaseFile): Promise<void> {
  const { bavail, bsize } = await statfs(folder).catch((error: unknown) => {
    throw new RescueRefusal(`${folder} is no folder for a backup.`, error);
  });
  if (bavail * bsize >= size + MARGIN) return;
  const needed = `${Math.ceil((size + MARGIN) / 1e6)} MB`;
  throw new RescueRefusal(
    `There is no room for a backup of ${path} in ${folder}; free ${needed}, or name a folder on another disk with ` +
      '--backup-folder.',
  );
}

/** Removes what a rescue left that was killed while it copied. */
async function removeHalves(folder: string, name: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const isHalf = (other: string): boolean =>
    other.startsWith(`${name}.before-rescue-`) && /\.part(-wal|-shm|-journal)?$/.test(other);
  for (const half of names.filter(isHalf)) await rm(join(folder, half), { force: true });
  for (const left of names.filter((other) => other.startsWith(`${name}.reading-`)))
    await rm(join(folder, left), { recursive: true, force: true });
}

async function findFreeName(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? path : `${path}.${number}`;
    if ((await lstat(candidate).catch(() => undefined)) === undefined) return candidate;
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync().finally(() => file.close());
}
