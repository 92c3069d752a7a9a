import { constants } from 'node:fs';
import { open, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { FileFaultError } from './file-fault.ts';
import { FILE_LIMITS } from './limits.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; its path begins at the folder of config.yaml',
  ENOTDIR: 'does not exist: a part of its path is not a folder',
  EACCES: 'may not be read by this user; change its owner or mode',
  EPERM: 'may not be read by this user; change its owner or mode',
  ELOOP: 'is a symbolic link that leads in a circle',
  EMFILE: 'cannot be read now: too many files are open',
  EISDIR: 'is a folder; name the file in it',
};

/** Every way in which Node says that something on the disk cannot be had, as a sentence. */
function faultOf(error: unknown): FileFaultError {
  if (error instanceof FileFaultError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new FileFaultError(REASONS[code] ?? `cannot be read (${code})`, code === 'EMFILE');
}

/** Where a path really is. @throws {FileFaultError} when that is outside of the folder. */
async function realPathInside(folder: string, path: string): Promise<string> {
  const root = await realpath(folder);
  const found = await realpath(join(root, ...path.split('/')));
  const inside = root.endsWith(sep) ? root : `${root}${sep}`;
  if (found !== root && !found.startsWith(inside))
    throw new FileFaultError(
      'leads out of the folder of config.yaml by a symbolic link; copy the file into that folder',
    );
  return found;
}

/**
 * Reads a regular file inside a folder.
 *
 * @param path Relative to `folder`, with slashes, and without `..`.
 * @throws {FileFaultError} when there is none, it is outside, too large, or may not be read.
 */
export async function readLocalFile(folder: string, path: string): Promise<Buffer> {
  try {
    const real = await realPathInside(folder, path);
    // What was resolved is opened as it is, and a pipe is not waited for.
    const handle = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (found.isDirectory()) throw new FileFaultError('is a folder; name the file in it');
      if (!found.isFile()) throw new FileFaultError('is not a regular file; copy its content into one');
      if (found.size > FILE_LIMITS.bytes) throw tooLarge();
      const bytes = await handle.readFile();
      // It may have grown meanwhile.
      if (bytes.length > FILE_LIMITS.bytes) throw tooLarge();
      return bytes;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw faultOf(error);
  }
}

/** The fault of a file that is larger than we keep. */
export function tooLarge(): FileFaultError {
  return new FileFaultError(`is larger than ${FILE_LIMITS.bytes / 1024 / 1024} MB; make it smaller`);
}

/**
 * Names of the files in a folder inside a folder, sorted; hidden ones are left out.
 *
 * @throws {FileFaultError} when it is no folder, outside, or may not be read.
 */
export async function listLocalFolder(folder: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(await realPathInside(folder, path), { withFileTypes: true });
    const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'));
    return names.map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')
      throw new FileFaultError('is not a folder; name the folder that the files are in');
    throw faultOf(error);
  }
}
