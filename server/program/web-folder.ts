import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Finds the folder of the built browser parts: beside the built program, and below `dist/` when the sources run. */
export function findWebFolder(): string {
  const beside = join(import.meta.dirname, '../..');
  return existsSync(join(beside, 'ui', 'assets')) ? beside : join(beside, 'dist');
}
