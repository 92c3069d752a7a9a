import type { FileRef } from '../kit/file-option.ts';
import { createFetchNow, readLocks } from './fetched-files.ts';
import { createFileStore } from './file-store.ts';
import type { FoundFile } from './flatten-style.ts';
import { changeLock, type LockEntry } from './lock-file.ts';
import { type ModFilesSettings, sourcesOf } from './mod-files.ts';
import { type FileProblem, serveFiles } from './serve-files.ts';

/** What an address stood for and stands for now. */
export interface UpdatedAddress {
  readonly address: string;
  /** Undefined when it is new. */
  readonly before: LockEntry | undefined;
  /** Undefined when nothing names it any more. */
  readonly after: LockEntry | undefined;
}

/** What came of an update. */
export interface FilesUpdate {
  /** In the order of the addresses; those that are the same too. */
  readonly addresses: readonly UpdatedAddress[];
  /** Files that stay as they were, with why. */
  readonly problems: readonly FileProblem[];
}

/** Whether an address stands for the same bytes. */
export function isSame({ before, after }: UpdatedAddress): boolean {
  if (before === undefined || after === undefined) return false;
  if ('absent' in before || 'absent' in after) return 'absent' in before && 'absent' in after;
  return before.sha256 === after.sha256 && before.movedTo === after.movedTo;
}

/**
 * Fetches what options name by address anew, and writes into the lock what it is now. A file of which one part cannot be
 * had stays as it was, as a whole.
 *
 * @param about.isWhole Whether these are all files of the configuration: then what nothing names any more is forgotten.
 * @param about.now Milliseconds since 1970.
 * @throws {LockUnreadableError} before anything was fetched, and the system's error when it cannot be written.
 */
export async function updateFiles(
  settings: ModFilesSettings,
  files: readonly FileRef[],
  about: { readonly isWhole: boolean; readonly now: number },
): Promise<FilesUpdate> {
  const before = await readLocks(settings);
  const store = createFileStore(settings.storeFolder);
  const fetchNow = createFetchNow(settings.allowPrivate, () => about.now);
  const after = new Map<string, LockEntry>();
  const problems: FileProblem[] = [];

  for (const file of files) {
    const entries = new Map<string, LockEntry>();
    const bodies: Buffer[] = [];
    const web = async (address: string, isPart: boolean): Promise<FoundFile | undefined> => {
      const now = await fetchNow(address, isPart);
      entries.set(address, now.entry);
      if (now.found !== undefined) bodies.push(now.found.bytes);
      return now.found;
    };
    const outcome = await serveFiles([file], sourcesOf(settings.folder, web));
    problems.push(...outcome.problems);
    if (outcome.problems.length > 0) continue;
    // Where it cannot be kept, Gatehouse fetches it once more.
    for (const bytes of bodies) await store.put(bytes).catch(() => undefined);
    for (const [address, entry] of entries) after.set(address, entry);
  }

  const isForgetting = about.isWhole && problems.length === 0;
  const gone = isForgetting ? [...before.keys()].filter((address) => !after.has(address)) : [];
  const addresses = [...after.keys(), ...gone].sort().map((address): UpdatedAddress => {
    return { address, before: before.get(address), after: after.get(address) };
  });
  const changes = addresses.filter((one) => !isSame(one));
  await changeLock(settings.lockFile, new Map(changes.map((one) => [one.address, one.after])));
  if (isForgetting)
    await store.keepOnly(
      new Set([...after.values()].flatMap((entry) => ('sha256' in entry ? [entry.sha256] : []))),
    );
  return { addresses, problems };
}
