import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolderSetting } from '../../config/data-folder-places.ts';
import type { Logger } from '../../log/log.ts';
import type { Clock } from '../../ports/clock.ts';
import { type DataFolder, explainNotFound, findDataFolder } from './find-data-folder.ts';
import { isPinFileName, readPinFile } from './pin-file.ts';
import { printOf, type ToldPinFiles } from './told-pin-files.ts';
import { POLL_MS, watchPinFiles } from './watch-pin-files.ts';

/**
 * How long a file must have been left alone, in milliseconds. Ours, those of other processes on the same storage
 * included, are redeemed and gone by then.
 */
const UNTOUCHED_MS = 10_000;

/** Where the system tells of new files, the whole folder is looked at this many times more seldom: each minute. */
const SELDOMER = 12;

/** How often one that cannot be read is looked at again. */
const MOST_LOOKS = 3;

/** Pause before a folder that is not there is looked for again. */
const SEARCH_MS = 60_000;

/** What it needs. */
export interface PinFileRequestsParts {
  readonly wish: DataFolderSetting;
  /** `poll`: by looking, wherever the folder is. */
  readonly mode: 'auto' | 'poll';
  /** Whether a file for that user can be one that we asked for. */
  readonly isOurs: (userName: string) => boolean;
  /** Takes down that this person asked for a reset. */
  readonly ask: (userName: string) => Promise<unknown>;
  readonly told: ToldPinFiles;
  readonly clock: Clock;
  readonly log: Logger;
  /** Default 10,000. */
  readonly untouchedMs?: number;
  /** Default 5,000. */
  readonly pollMs?: number;
  /** Default 60,000. */
  readonly searchMs?: number;
}

/**
 * Sends people who asked Jellyfin itself for a reset, past Gatehouse, the message that a request here sends: their PIN
 * file tells. One request a file, over restarts and over all processes on one storage; the limits of requests hold.
 * A folder that is missing or goes away is named in the log and looked for again. Never throws.
 */
export function startPinFileRequests(parts: PinFileRequestsParts): { close(): Promise<void> } {
  const { clock, log, told, searchMs = SEARCH_MS, untouchedMs = UNTOUCHED_MS, wish } = parts;
  const timers = new Map<string, NodeJS.Timeout>();
  /** What was done about a file last, so that looking again does nothing. */
  const known = new Map<string, string>();
  let stop: (() => Promise<void>) | undefined;
  let search: NodeJS.Timeout | undefined;
  let isPolling = parts.mode === 'poll';
  let isClosed = false;
  let wasMissing = false;

  function forget(path: string): void {
    clearTimeout(timers.get(path));
    timers.delete(path);
  }

  function lookLater(path: string, looks: number): void {
    forget(path);
    if (isClosed) return;
    const run = (): void => {
      look(path, looks).catch((err: unknown) => {
        if (!isClosed) log.error({ event: 'pin-file-lost', err });
      });
    };
    timers.set(path, setTimeout(run, untouchedMs).unref());
  }

  async function look(path: string, looks: number): Promise<void> {
    timers.delete(path);
    const file = await readPinFile(path);
    if (file.kind === 'gone') {
      known.delete(path);
      return;
    }
    if (file.kind !== 'pin') {
      const fault = 'fault' in file ? file.fault : file.code;
      if (known.get(path) === fault) return;
      if (looks < MOST_LOOKS) return lookLater(path, looks + 1);
      known.set(path, fault);
      log.warn({ event: 'pin-file-unusable', path, fault });
      return;
    }
    const { expiresAt, userName } = file;
    const print = printOf(file);
    if (known.get(path) === print) return;
    known.set(path, print);
    if (expiresAt <= clock.now() || parts.isOurs(userName)) return;
    if (!(await told.note(file))) return;
    log.info({ event: 'pin-file-seen', path });
    await parts.ask(userName);
  }

  /** Finds what the watch has missed: a file that came while it began, or on a mount that tells nothing. */
  async function sweep(folder: string): Promise<void> {
    for (const name of (await readdir(folder)).filter(isPinFileName)) {
      const path = join(folder, name);
      if (!timers.has(path)) lookLater(path, 1);
    }
  }

  async function begin(): Promise<void> {
    const finding = await findDataFolder(wish);
    if (isClosed) return;
    if (finding.kind === 'not-found') {
      if (!wasMissing) log.warn({ event: 'data-folder-missing', reason: explainNotFound(finding.tried) });
      wasMissing = true;
      search = setTimeout(() => void begin(), searchMs).unref();
      return;
    }
    wasMissing = false;
    watchFolder(finding.folder);
  }

  function watchFolder({ path, isNetworkMount }: DataFolder): void {
    let hasFailed = false;
    function onFailure(err: unknown): void {
      if (hasFailed || isClosed) return;
      hasFailed = true;
      log.warn({ event: 'pin-file-watch-failed', err });
      // Looking works where the system has no room left for watchers.
      isPolling = true;
      clearInterval(sweeping);
      void own.close();
      search = setTimeout(() => void begin(), untouchedMs).unref();
    }
    const sweepNow = (): void => void sweep(path).catch(onFailure);
    const sweepMs = (parts.pollMs ?? POLL_MS) * (isPolling || isNetworkMount ? 1 : SELDOMER);
    const sweeping = setInterval(sweepNow, sweepMs).unref();
    const own = watchPinFiles({
      folder: path,
      isPolling: isPolling || isNetworkMount,
      onFile: (file) => lookLater(file, 1),
      onGone: forget,
      onBegun: sweepNow,
      onFailure,
      ...(parts.pollMs === undefined ? {} : { pollMs: parts.pollMs }),
    });
    stop = async () => {
      clearInterval(sweeping);
      await own.close();
    };
  }

  const begun = begin();
  return {
    async close() {
      isClosed = true;
      clearTimeout(search);
      for (const path of [...timers.keys()]) forget(path);
      await begun;
      await stop?.();
    },
  };
}
