import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError, type StorageErrorCode } from '../../ports/storage.ts';

/** SQLite's primary result codes we know a fix for. Source: https://www.sqlite.org/rescode.html */
const KNOWN: Readonly<Record<number, { code: StorageErrorCode; sentence: string }>> = {
  5: { code: 'storage-busy', sentence: 'is held by another process; try again, or end that process' },
  8: { code: 'storage-not-writable', sentence: 'is read-only; let the user Gatehouse runs as write to it' },
  11: {
    code: 'storage-corrupt',
    sentence: 'is damaged; stop Gatehouse and run gatehouse restore with a backup',
  },
  13: {
    code: 'storage-full',
    sentence: 'cannot grow: the disk is full; free some space, nothing else is needed',
  },
  14: { code: 'storage-not-writable', sentence: 'cannot be opened; check the rights on it and its folder' },
  26: {
    code: 'storage-corrupt',
    sentence:
      'is no database, or its first bytes are damaged; name another file, or run gatehouse restore with a backup',
  },
};

/** SQLite's primary result code of an error thrown by node:sqlite; undefined for other errors. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  // Extended codes carry the primary one in their low byte (e.g. 261 is a kind of 5, busy).
  return error.errcode & 0xff;
}

/** Whether a copy failed for the database that is copied, and not for where the copy was to be. */
export function isAboutSource(error: unknown): boolean {
  return [5, 11, 26].includes(sqliteCode(error) ?? 0);
}

/** Turns whatever node:sqlite threw into a StorageError that names the file and the fix. */
export function toStorageError(error: unknown, path: string): unknown {
  if (error instanceof StorageError) return error;
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const known = KNOWN[code];
  if (known !== undefined) return new StorageError(known.code, `Storage ${path} ${known.sentence}.`, error);
  const detail = error instanceof Error ? error.message : String(error);
  return new StorageError('storage-failed', `Storage ${path} failed: ${detail}.`, error);
}

/** How long a write waits for another process in all. */
export const BUSY_LIMIT_MS = 5_000;

/** How long one attempt may block the event loop while SQLite waits inside. */
export const BUSY_BLOCK_MS = 10;

const SQLITE_BUSY = 5;

/**
 * Runs synchronous SQLite work, again and again while another process holds the file. Between attempts the
 * event loop is free, so that a slow neighbour never stalls the proxy.
 *
 * @param limitMs How long in all; default {@link BUSY_LIMIT_MS}.
 * @throws {Error} whatever the last attempt threw, SQLite's busy error included.
 */
export async function retryWhileBusy<T>(work: () => T, limitMs = BUSY_LIMIT_MS): Promise<T> {
  const until = performance.now() + limitMs;
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 80)) {
    try {
      return work();
    } catch (error) {
      if (sqliteCode(error) !== SQLITE_BUSY || performance.now() >= until) throw error;
    }
    await sleep(pauseMs / 2 + Math.random() * pauseMs);
  }
}
