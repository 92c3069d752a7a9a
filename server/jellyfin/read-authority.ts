import { readFile } from 'node:fs/promises';

/**
 * Reads a certificate authority; undefined when there is none.
 *
 * @param field What names it in the configuration; default `jellyfin.caFile`.
 * @throws {Error} when it cannot be read; says what to do.
 */
export async function readAuthority(
  file: string | undefined,
  field = 'jellyfin.caFile',
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const problem = `${field}: ${file} cannot be read; is the path right, and may this user read it?`;
    throw new Error(problem, { cause });
  }
}
