import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isPostgresAddress } from '../config/postgres-address.ts';
import { type Finding, failed, fine, warning } from './finding.ts';

/** Free space in bytes. The database of a thousand people has some 10 MB; a backup and its journal want as much again. */
const FEW_BYTES = 500 * 1024 * 1024;
const NO_BYTES = 50 * 1024 * 1024;

/** Median of one write that is on the disk, in milliseconds: each reset waits for several. A disk that turns takes 10 to 30. */
const SLOW_MS = 100;
const WRITES = 5;

/** What of the file system is asked; for tests. */
export interface DiskParts {
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Milliseconds that one write takes until it is on the disk. */
  readonly timeWrite: (folder: string) => Promise<number>;
}

const REAL: DiskParts = {
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  timeWrite,
};

/**
 * Looks at the disk that the database is on: room, how long it takes to write safely, and how the database keeps its journal.
 * Writes a file of 4 KiB beside it and takes it away again. Nothing for PostgreSQL, whose disk is elsewhere, and where the folder
 * cannot be used, which `storage` says. Never rejects.
 */
export async function checkDisk(location: string, parts: DiskParts = REAL): Promise<Finding[]> {
  if (isPostgresAddress(location)) return [];
  const folder = dirname(location);
  try {
    const room = explainRoom(folder, await parts.freeBytes(folder));
    // A full disk has no time to tell.
    if (room.state === 'failed') return [room];
    const speed = explainSpeed(folder, await parts.timeWrite(folder));
    return [room, speed, ...(await checkJournal(location))];
  } catch {
    return [];
  }
}

function explainRoom(folder: string, free: number): Finding {
  const amount =
    free >= 1024 ** 3 ? `${(free / 1024 ** 3).toFixed(1)} GB` : `${Math.floor(free / 1024 ** 2)} MB`;
  const says = `${amount} are free where the database is (${folder})`;
  const fix = `Make room on that disk (du -xh --max-depth=2 / | sort -h | tail shows what is large), or let storage name a file on another.`;
  if (free < NO_BYTES)
    return failed(
      'disk-space',
      `${says}: nothing can be kept soon, and then nobody can reset a password.`,
      fix,
    );
  if (free < FEW_BYTES)
    return warning('disk-space', `${says}: when it is full, nobody can reset a password.`, fix);
  return fine('disk-space', `${says}.`);
}

function explainSpeed(folder: string, ms: number): Finding {
  const says = `A write to ${folder} is safe after ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms <= SLOW_MS) return fine('disk-speed', `${says}.`);
  return warning(
    'disk-speed',
    `${says}: everybody who resets a password waits for several, and sign-ins wait behind them.`,
    'Put the database on a local disk (storage), best an SSD; no network share and no SD card. Or see what else writes there: iostat -x 5.',
  );
}

/** The median of a few. */
async function timeWrite(folder: string): Promise<number> {
  const path = join(folder, `.gatehouse-doctor-${randomBytes(6).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  try {
    const times: number[] = [];
    for (let at = 0; at < WRITES; at += 1) {
      const begin = performance.now();
      await file.write(randomBytes(4096), 0, 4096, 0);
      await file.sync();
      times.push(performance.now() - begin);
    }
    return times.sort((a, b) => a - b)[Math.floor(WRITES / 2)] ?? 0;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/**
 * Reads in which mode SQLite keeps the journal of the database: one that was copied or mended by hand may have lost WAL.
 * Nothing where there is none yet. Source: https://www.sqlite.org/wal.html.
 */
async function checkJournal(location: string): Promise<Finding[]> {
  const found = await stat(location).catch(() => undefined);
  if (found?.isFile() !== true || found.size === 0) return [];
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(location, { readOnly: true, timeout: 1_000 });
    const mode = String(db.prepare('PRAGMA journal_mode').get()?.['journal_mode']);
    if (mode === 'wal') return [fine('journal', 'The database keeps its journal apart (WAL).')];
    const says = `The database keeps its journal as ${mode}, not as WAL: who reads waits for who writes, and a crash may cost more than the last second.`;
    return [
      warning(
        'journal',
        says,
        'Start Gatehouse anew, which sets it; where it stays so, the file is on a network share: put it on a local disk.',
      ),
    ];
  } catch {
    // What is no database, `storage` says.
    return [];
  } finally {
    db?.close();
  }
}
