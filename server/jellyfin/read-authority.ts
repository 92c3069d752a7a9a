import { readFile } from 'node:fs/promises';

/**
 * Reads `jellyfin.caFile`; undefined when there is none.
 *
 * @throws {Error} when it cannot be read; says what to do.
 */
export async function readAuthority(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const problem = `jellyfin.caFile: ${file} cannot be read; is the path right, and may this user read it?`;
    throw new Error(problem, { cause });
  }
}
