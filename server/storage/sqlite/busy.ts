import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteCode } from './faults.ts';

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
