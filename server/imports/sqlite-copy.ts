import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCode } from '../errors/system-code.ts';
import { SourceError } from '../ports/contact-source.ts';
import { explainFile } from './file-fault.ts';

/** How often a file that changes meanwhile is copied before it is given up. */
export const COPY_TRIES = 5;

/** The pause between two of them, in milliseconds. */
const PAUSE_MS = 500;

/** What SQLite keeps beside a database: what is not in it yet, or is to be taken back. Source: sqlite.org/tempfiles.html. */
const BESIDE = ['-wal', '-journal'];

const MAGIC = 'SQLite format 3\0';

/**
 * Gives a copy of an SQLite database to some work, and removes it afterwards. The database itself is only read, byte by byte,
 * and never opened: SQLite would make files beside it and lock it, for whoever works with it now. So that the copy is one of a
 * single moment, everything is read a second time and must be as it was.
 *
 * @param program Whose database it shall be, for errors.
 * @param work Is handed the open copy, which it may read for as long as it likes.
 * @throws {SourceError} when there is no such database, or it changes all the time.
 */
export async function* readSqliteCopy<T>(
  path: string,
  program: string,
  work: (db: DatabaseSync) => Iterable<T>,
): AsyncGenerator<T> {
  await mustBeSqlite(path);
  const folder = await makeFolder(path);
  let db: DatabaseSync | undefined;
  try {
    const copy = join(folder, 'copy.db');
    await copyWhole(path, copy);
    try {
      db = new DatabaseSync(copy);
      yield* work(db);
    } catch (error) {
      throw explainSqlite(error, path, program);
    }
  } finally {
    db?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nobody else can look into it. */
async function makeFolder(path: string): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'gatehouse-import-'));
  } catch (error) {
    throw new SourceError(
      `${path} cannot be copied to ${tmpdir()} (${systemCode(error) ?? 'unknown error'}); name another folder in the environment variable TMPDIR`,
    );
  }
}

async function mustBeSqlite(path: string): Promise<void> {
  const head = Buffer.alloc(MAGIC.length);
  try {
    const file = await open(path, 'r');
    await file.read(head, 0, head.length, 0).finally(() => file.close());
  } catch (error) {
    throw explainFile(error, path);
  }
  if (head.toString('latin1') !== MAGIC)
    throw new SourceError(`${path} is no SQLite database; name the file that the program keeps its data in`);
}

async function copyWhole(path: string, copy: string): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      for (const end of ['', ...BESIDE]) await copyOne(`${path}${end}`, `${copy}${end}`, end !== '');
      const isSame = await Promise.all(
        ['', ...BESIDE].map(
          async (end) => (await hashOf(`${path}${end}`)) === (await hashOf(`${copy}${end}`)),
        ),
      );
      if (isSame.every(Boolean)) return;
    } catch (error) {
      throw explainCopy(error, path);
    }
    if (tried === COPY_TRIES)
      throw new SourceError(
        `${path} changed each time it was copied; stop the program that writes it for a moment, or name a backup of it`,
      );
    await wait(PAUSE_MS);
  }
}

async function copyOne(from: string, to: string, mayBeAway: boolean): Promise<void> {
  await rm(to, { force: true });
  await copyFile(from, to).catch((error: unknown) => {
    if (!mayBeAway || systemCode(error) !== 'ENOENT') throw error;
  });
}

/** Undefined where there is no file. */
async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path)) hash.update(bytes);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}

function explainCopy(error: unknown, path: string): SourceError {
  if (systemCode(error) !== 'ENOSPC') return explainFile(error, path);
  return new SourceError(
    `there is no room for a copy of ${path} in ${tmpdir()}; name a roomier folder in the environment variable TMPDIR`,
  );
}

function explainSqlite(error: unknown, path: string, program: string): unknown {
  if (systemCode(error) !== 'ERR_SQLITE_ERROR' || !(error instanceof Error)) return error;
  return /no such (?:table|column)/.test(error.message)
    ? new SourceError(`${path} is no database of ${program} that Gatehouse knows (${error.message})`)
    : new SourceError(`${path} is damaged (${error.message}); name a backup of it`);
}
