import { close, fdatasync, openSync, realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import { systemCode } from '../../errors/system-code.ts';
import { StorageError } from '../../ports/storage.ts';

/** Brings what was committed to the disk. */
export interface LogSync {
  /**
   * Resolves when every commit made before the call is on disk. Calls that come while one sync runs share the next.
   *
   * @throws {StorageError} when the disk refuses.
   */
  sync(): Promise<void>;
  /** Lets go of the file once no sync runs any more. Idempotent. */
  close(): void;
}

const syncFile = promisify(fdatasync);

/**
 * Makes the sync of a database in WAL mode. SQLite's own (`synchronous = FULL`) holds up the event loop, and with it
 * every film that is streamed, for as long as the disk takes, once for each commit. The log is only appended to, and
 * a torn end is recognised by its checksums; so writing it out in another thread, once for many commits, keeps the
 * same promise. Locks are not touched: SQLite has none on this file. Source: https://www.sqlite.org/walformat.html
 *
 * @param path The database file; its log stands beside it.
 */
export function createLogSync(path: string): LogSync {
  let file: number | undefined;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let isClosed = false;

  function start(): Promise<void> {
    // The log is there with the first commit, and stays as long as the database is open.
    try {
      file ??= openSync(`${realpathSync(path)}-wal`, 'r+');
    } catch (error) {
      return Promise.reject(explain(error, path));
    }
    running = syncFile(file)
      .catch((error: unknown) => {
        throw explain(error, path);
      })
      .finally(() => {
        running = undefined;
        if (isClosed && next === undefined) letGo();
      });
    return running;
  }

  function letGo(): void {
    if (file !== undefined) close(file, () => undefined);
    file = undefined;
  }

  return {
    async sync() {
      if (running === undefined) return start();
      // What runs may have begun before the caller's commit.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
    close() {
      isClosed = true;
      if (running === undefined && next === undefined) letGo();
    },
  };
}

function explain(error: unknown, path: string): StorageError {
  const code = systemCode(error);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new StorageError(
        'storage-full',
        `Storage ${path} cannot grow: the disk is full; free some space.`,
        error,
      )
    : new StorageError('storage-failed', `Storage ${path} was not written to the disk (${code}).`, error);
}
