import { copyDatabase } from './copy.ts';

/** How many copies of one kind may stand beside a file before somebody has to look. */
const MAX_COPIES = 99;

/**
 * Keeps a copy of a database beside it, as it is before the step to that schema: `gatehouse.db.before-2`, or with a
 * number behind it where there is one already. Never removed and never overwritten by us.
 *
 * @returns its path.
 * @throws {StorageError} when it cannot be written.
 */
export async function keepBefore(path: string, schema: number): Promise<string> {
  for (let number = 1; ; number++) {
    const copy = `${path}.before-${schema}${number === 1 ? '' : `.${number}`}`;
    try {
      await copyDatabase(path, copy);
      return copy;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken || number === MAX_COPIES) throw error;
    }
  }
}
