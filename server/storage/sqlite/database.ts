import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { StorageLog } from '../../ports/storage.ts';
import { StorageError } from '../../ports/storage.ts';
import { keepBefore } from './copy.ts';
import { prepareFile } from './database-file.ts';
import { BUSY_BLOCK_MS, BUSY_LIMIT_MS, retryWhileBusy, toStorageError } from './faults.ts';
import { checkOwnership, checkPages } from './integrity-check.ts';
import { createLogSync } from './log-sync.ts';
import { migrate } from './migrate.ts';

/** Gives the prepared statement of an SQL text; prepared once, kept. */
export type Sql = (text: string) => StatementSync;

/** One open SQLite file. Work is synchronous and short; waiting for another process is not. */
export interface Sqlite {
  /** Runs reads. @throws {StorageError} */
  read<T>(work: (sql: Sql) => T): Promise<T>;
  /**
   * Runs writes in one transaction: all or nothing, on disk when the promise resolves. Already with the call's end they
   * outlive a crash of the process. @throws {StorageError}
   */
  write<T>(work: (sql: Sql) => T): Promise<T>;
  /**
   * As `write`, but a power cut may undo it (a crash of the process does not). For what is worth nothing without a
   * later `write`, which makes it last too. @throws {StorageError}
   */
  writeUnsynced<T>(work: (sql: Sql) => T): Promise<T>;
  /** Closes the file. Idempotent. */
  close(): void;
}

/** How {@link openSqlite} goes about its work. */
export interface SqliteOptions {
  /** How long an operation waits for another process. Default 5 s. */
  readonly busyLimitMs?: number;
  readonly log?: StorageLog | undefined;
}

/**
 * Opens (or makes, mode 0600) the file and brings its schema up to date; what it was before each step is kept beside it
 * as `gatehouse.db.before-2` and so on. Several processes may share it.
 *
 * @throws {StorageError} when the file cannot be used; the file is left as it is.
 */
export async function openSqlite(path: string, options: SqliteOptions = {}): Promise<Sqlite> {
  const { busyLimitMs = BUSY_LIMIT_MS, log } = options;
  await prepareFile(path);
  let db: DatabaseSync | undefined;
  try {
    const opened = new DatabaseSync(path, { timeout: BUSY_BLOCK_MS });
    db = opened;
    await retryWhileBusy(() => checkOwnership(opened, path), busyLimitMs);
    await retryWhileBusy(() => checkPages(opened, path), busyLimitMs);
    // FULL: a request we answered must outlive a power cut, not only a crash.
    // secure_delete: what was typed into a form may be a password; forgotten means overwritten.
    await retryWhileBusy(
      () => opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON'),
      busyLimitMs,
    );
    await migrate(opened, {
      backUp: async (schema) => {
        const backup = await keepBefore(path, schema);
        log?.info({ event: 'storage-migrates', schema, backup });
      },
    });
    return wrap(opened, path, busyLimitMs);
  } catch (error) {
    db?.close();
    throw toStorageError(error, path);
  }
}

function wrap(db: DatabaseSync, path: string, busyLimitMs: number): Sqlite {
  const log = openLog(db, path);
  const statements = new Map<string, StatementSync>();
  const sql: Sql = (text) => {
    const known = statements.get(text);
    if (known !== undefined) return known;
    const prepared = db.prepare(text);
    statements.set(text, prepared);
    return prepared;
  };
  async function run<T>(work: () => T): Promise<T> {
    if (!db.isOpen) throw new StorageError('storage-failed', `Storage ${path} is closed.`);
    try {
      return await retryWhileBusy(work, busyLimitMs);
    } catch (error) {
      throw toStorageError(error, path);
    }
  }
  return {
    read: (work) => run(() => work(sql)),
    write: async (work) => {
      const { result, synced } = await run(() => ({
        result: inTransaction(db, () => work(sql)),
        synced: log?.sync(),
      }));
      await synced;
      return result;
    },
    writeUnsynced: (work) => run(() => inTransaction(db, () => work(sql))),
    close: () => {
      statements.clear();
      if (db.isOpen) db.close();
      log?.close();
    },
  };
}

/**
 * Makes commits quick and the log's way to the disk ours. A file system that cannot have a log (some network mounts)
 * keeps SQLite's own sync at each commit: undefined.
 */
function openLog(db: DatabaseSync, path: string) {
  if (db.prepare('PRAGMA journal_mode').get()?.['journal_mode'] !== 'wal') return undefined;
  db.exec('PRAGMA synchronous = NORMAL');
  return createLogSync(path);
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
