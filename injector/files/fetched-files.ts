import { join } from 'node:path';
import type { Log } from '../kit/log.ts';
import { createFetchFile, type FetchFile } from './fetch-file.ts';
import { FileFaultError } from './file-fault.ts';
import { createFileStore, sha256Of } from './file-store.ts';
import type { FoundFile } from './flatten-style.ts';
import { FILE_LIMITS } from './limits.ts';
import {
  changeLock,
  LOCK_FILE,
  type LockEntries,
  type LockEntry,
  type LockedBytes,
  readLock,
} from './lock-file.ts';
import { withoutFragment } from './places.ts';

/** Where fetched files are kept, and who may be asked for them. */
export interface FetchSettings {
  /** Absolute path of `mods.lock.yaml`, beside `config.yaml`. */
  readonly lockFile: string;
  /** Absolute path of the folder their bytes are kept in, made when it is missing. */
  readonly storeFolder: string;
  /** As `createFetchFile`. */
  readonly allowPrivate: readonly string[];
}

/** What the addresses of a configuration stand for. */
export interface FetchedFiles {
  /**
   * The bytes that the lock names; those that are there now when it names none.
   *
   * @param how.mayFetch Otherwise only what is on the disk is taken.
   * @param how.isPart Whether a style names it: undefined is then an address with nothing there.
   * @param how.isKept Whether what is fetched goes to the disk. @default true
   * @throws {FileFaultError} when it cannot be had.
   */
  find(
    address: string,
    how: { readonly mayFetch: boolean; readonly isPart: boolean; readonly isKept?: boolean },
  ): Promise<FoundFile | undefined>;
  /** Writes what was fetched for the first time into the lock. Never rejects: it is told in the log. */
  save(): Promise<void>;
}

/** The day of the moment, as the lock has it. */
export const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** Both locks as one: that beside `config.yaml`, which counts, and the one for where that cannot be written. @throws {LockUnreadableError} */
export async function readLocks({ lockFile, storeFolder }: FetchSettings): Promise<LockEntries> {
  const spare = await readLock(join(storeFolder, LOCK_FILE)).catch((): LockEntries => new Map());
  return new Map([...spare, ...(await readLock(lockFile))]);
}

/**
 * What the lock says of an address.
 *
 * @param answer What it gave, and the address that gave it in the end.
 * @param now Milliseconds since 1970.
 */
export function entryOf(
  address: string,
  answer: { readonly bytes: Buffer; readonly address: string },
  now: number,
): LockedBytes {
  const { bytes } = answer;
  const web = withoutFragment(answer.address);
  const movedTo = web === address ? {} : { movedTo: web };
  return { sha256: sha256Of(bytes), bytes: bytes.length, fetched: dayOf(now), ...movedTo };
}

/** What an address has now, as the lock has it, and the bytes; undefined where there is nothing. */
export interface FetchedNow {
  readonly entry: LockEntry;
  readonly found: FoundFile | undefined;
}

/**
 * Makes what asks for what an address has now; so many at the same time as the limits say.
 *
 * @param now Milliseconds since 1970.
 * @returns a function that rejects with `FileFaultError` when it cannot be had, and when there is nothing where something must be.
 */
export function createFetchNow(
  allowPrivate: readonly string[],
  now: () => number,
): (address: string, mayBeAbsent: boolean) => Promise<FetchedNow> {
  const fetchFile = limited(createFetchFile(allowPrivate));
  return async (address, mayBeAbsent) => {
    const answer = await fetchFile(address);
    const fetched = dayOf(now());
    if ('absent' in answer) {
      if (!mayBeAbsent)
        throw new FileFaultError(`is not there (${answer.absent}); open it in a browser`, true);
      return { entry: { absent: answer.absent, fetched }, found: undefined };
    }
    const place = { web: withoutFragment(answer.address) };
    return { entry: entryOf(address, answer, now()), found: { bytes: answer.bytes, place } };
  };
}

/**
 * Opens the fetched files. Never rejects; where the lock is unreadable, every address says so.
 *
 * @param now Milliseconds since 1970.
 */
export async function openFetchedFiles(
  settings: FetchSettings,
  log: Log,
  now: () => number = Date.now,
): Promise<FetchedFiles> {
  const { allowPrivate, lockFile, storeFolder } = settings;
  const fetchNow = createFetchNow(allowPrivate, now);
  const store = createFileStore(storeFolder);
  let unreadable: FileFaultError | undefined;
  const entries = new Map<string, LockEntry>(
    await readLocks(settings).catch((error: unknown): LockEntries => {
      unreadable = new FileFaultError(`is not fetched: ${error instanceof Error ? error.message : error}`);
      return new Map();
    }),
  );
  const unsaved = new Map<string, LockEntry>();
  let isStoreTold = false;

  async function keep(bytes: Buffer): Promise<void> {
    try {
      await store.put(bytes);
    } catch (error) {
      if (!isStoreTold) log.warn({ event: 'mod-files-not-kept', folder: storeFolder, error: String(error) });
      isStoreTold = true;
    }
  }

  return {
    async find(address, { mayFetch, isPart, isKept = true }) {
      if (unreadable !== undefined) throw unreadable;
      const entry = entries.get(address);
      if (entry !== undefined && 'absent' in entry && isPart) return undefined;
      const locked = entry !== undefined && 'sha256' in entry ? entry : undefined;
      const kept = locked && (await store.get(locked.sha256));
      if (kept !== undefined) return { bytes: kept, place: { web: locked?.movedTo ?? address } };
      if (!mayFetch) throw new FileFaultError('is still being fetched', true);
      const { entry: fetched, found } = await fetchNow(address, isPart && locked === undefined);
      const isAsLocked = locked === undefined || ('sha256' in fetched && fetched.sha256 === locked.sha256);
      if (!isAsLocked)
        throw new FileFaultError(
          `is not what it was on ${locked.fetched} any more, and its copy is gone; take it with \`gatehouse mods update\``,
        );
      if (found !== undefined && isKept) await keep(found.bytes);
      if (locked === undefined) note(address, fetched);
      return found;
    },
    async save() {
      const changes = new Map(unsaved);
      unsaved.clear();
      try {
        await changeLock(lockFile, changes);
      } catch (error) {
        log.warn(
          { event: 'mods-lock-not-written', file: lockFile, error: String(error) },
          'what addresses stand for is kept in the cache instead; let this user write beside config.yaml',
        );
        await changeLock(join(storeFolder, LOCK_FILE), changes).catch(() => undefined);
      }
    },
  };

  function note(address: string, entry: LockEntry): void {
    entries.set(address, entry);
    unsaved.set(address, entry);
  }
}

/** Only so many at the same time. */
function limited(fetchFile: FetchFile): FetchFile {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (address) => {
    if (running >= FILE_LIMITS.fetchesAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await fetchFile(address);
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
