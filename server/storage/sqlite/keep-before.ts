import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { copyDatabase } from './copy.ts';
import { belongLike } from './owner.ts';

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
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
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
