import { chmod, chown, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../../errors/system-code.ts';
import { StorageError } from '../../ports/storage.ts';

/**
 * Gives a file that root has made to the owner of another file or folder: commands are often run by root, and Gatehouse,
 * which is not, has to read what they made. Does nothing for others.
 *
 * @throws {Error} when the other is not there, or the owner cannot be changed.
 */
export async function belongLike(path: string, other: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(other);
  await chown(path, uid, gid);
}

/**
 * Makes sure there is a file only its owner can read (mode 0600) where the database shall be, and that it can be
 * written. SQLite gives its side files (`-wal`, `-shm`) the same mode and owner. Never makes folders, never empties a file.
 *
 * @throws {StorageError} `storage-folder-missing`, `storage-not-writable`, `storage-full`.
 */
export async function prepareFile(path: string): Promise<void> {
  try {
    const isNew = (await stat(path).catch(() => undefined)) === undefined;
    const file = await open(path, 'a', 0o600);
    await file.close();
    if (isNew) await belongLike(path, dirname(path));
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, 0o600);
  } catch (error) {
    throw explainFile(error, path);
  }
}

/** Turns what a file operation threw into a StorageError that names the file and the fix, where we know one. */
export function explainFile(error: unknown, path: string): unknown {
  const code = systemCode(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new StorageError(
        'storage-folder-missing',
        `Storage ${path} cannot be made: there is no folder ${dirname(path)}; make it, or change storage.`,
        error,
      );
    case 'EISDIR':
      return new StorageError(
        'storage-not-writable',
        `Storage ${path} is a folder; name a file in it, such as ${path}/gatehouse.db.`,
        error,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StorageError(
        'storage-not-writable',
        `Storage ${path} cannot be written (${code}); let the user Gatehouse runs as own the file and its folder.`,
        error,
      );
    case 'ENOSPC':
      return new StorageError('storage-full', `Storage ${path} cannot be made: the disk is full.`, error);
    default:
      return error;
  }
}
