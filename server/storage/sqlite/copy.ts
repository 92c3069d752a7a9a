import { randomBytes } from 'node:crypto';
import { link, lstat, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemCode } from '../../errors/system-code.ts';
import { belongLike, explainFile } from './database-file.ts';
import { BUSY_LIMIT_MS, isAboutSource, toStorageError } from './faults.ts';

/**
 * Writes a copy of a database as one file of mode 0600, while others may read and write it. The copy has its name only
 * when it is complete and on disk, and never takes the place of another file. Blocks while it writes.
 *
 * @throws {StorageError} when the one cannot be read or the other not be written; no half copy is left.
 * @throws {Error} with code `EEXIST` when there is something of that name.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const half = `${to}.${randomBytes(6).toString('hex')}.part`;
  try {
    // Made first, so that nobody else can read it at any moment.
    await (await open(half, 'wx', 0o600)).close();
    vacuumInto(from, half, to);
    const written = await open(half, 'r+');
    await written.sync().finally(() => written.close());
    await giveName(half, to);
  } catch (error) {
    throw systemCode(error) === 'EEXIST' ? error : explainFile(error, to);
  } finally {
    await rm(half, { force: true });
  }
}

function vacuumInto(from: string, half: string, to: string): void {
  let source: DatabaseSync | undefined;
  try {
    source = new DatabaseSync(from, { readOnly: true, timeout: BUSY_LIMIT_MS });
    source.prepare('VACUUM INTO ?').run(half);
  } catch (error) {
    throw toStorageError(error, isAboutSource(error) ? from : to);
  } finally {
    source?.close();
  }
}

/** Unlike a rename, a link never replaces what is there. */
async function giveName(half: string, to: string): Promise<void> {
  try {
    await link(half, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(systemCode(error) ?? '')) throw error;
    // A file system without links: an empty file holds the name.
    await (await open(to, 'wx', 0o600)).close();
    await rename(half, to);
  }
}

/** How many copies of one kind may stand beside a file before somebody has to look. */
const MAX_COPIES = 99;

/**
 * Keeps a copy of a database beside it, as it is before the step to that schema: `gatehouse.db.before-2`, or with a
 * number behind it where there is one already. Never removed and never overwritten by us. The caller keeps others from
 * doing the same at the same time.
 *
 * @returns its path.
 * @throws {StorageError} when it cannot be written.
 */
export async function keepBefore(path: string, schema: number): Promise<string> {
  await removeHalves(path);
  for (let number = 1; ; number++) {
    const copy = `${path}.before-${schema}${number === 1 ? '' : `.${number}`}`;
    // Looked before, because a copy takes a while; what comes in between, the copying finds.
    if (number < MAX_COPIES && (await isThere(copy))) continue;
    try {
      await copyDatabase(path, copy);
      await belongLike(copy, path);
      return copy;
    } catch (error) {
      const isTaken = systemCode(error) === 'EEXIST';
      if (!isTaken || number === MAX_COPIES) throw error;
    }
  }
}

/** Removes what a process left that was killed while it copied. */
async function removeHalves(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const isHalf = (name: string): boolean =>
    name.startsWith(`${basename(path)}.before-`) && /\.[0-9a-f]{12}\.part(-journal)?$/.test(name);
  for (const name of names.filter(isHalf)) await rm(join(folder, name), { force: true });
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
