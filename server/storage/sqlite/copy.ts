import { randomBytes } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { BUSY_LIMIT_MS } from './busy.ts';
import { explainFile } from './database-file.ts';
import { isAboutSource, toStorageError } from './faults.ts';

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
    throw codeOf(error) === 'EEXIST' ? error : explainFile(error, to);
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
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(String(codeOf(error)))) throw error;
    // A file system without links: an empty file holds the name.
    await (await open(to, 'wx', 0o600)).close();
    await rename(half, to);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
