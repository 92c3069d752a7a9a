import { createFetchFile } from '../../injector/files/fetch-file.ts';
import { entryOf, type FetchSettings } from '../../injector/files/fetched-files.ts';
import { FileFaultError } from '../../injector/files/file-fault.ts';
import { type AddedMod, changeLock, readAddedMods } from '../../injector/files/lock-file.ts';
import { withoutFragment } from '../../injector/files/places.ts';
import { isSafeWebAddress } from '../../injector/kit/web-address.ts';

/** An archive that was fetched; nothing of it was read yet. */
export interface FetchedMod {
  /** As it was asked for, without a fragment. */
  readonly address: string;
  readonly bytes: Buffer;
  /** The server that gave it in the end, when that is another address. */
  readonly movedTo: string | undefined;
  readonly sha256: string;
  /** What was added from this address before, as `mods.lock.yaml` has it. */
  readonly before: AddedMod | undefined;
  /**
   * Writes into `mods.lock.yaml` that a mod was added from it; what it was added from before is forgotten.
   *
   * @throws {LockUnreadableError}, or the system's error when the file cannot be written.
   */
  note(mod: string): Promise<void>;
}

/**
 * Fetches the archive of a mod, as files that options name are fetched: from the internet only, 8 MB at most.
 *
 * @param source As `isWebAddress` has it.
 * @param now Milliseconds since 1970.
 * @throws {Error} in a sentence about the address; `LockUnreadableError` before anything was fetched.
 */
export async function fetchMod(
  source: string,
  { lockFile, allowPrivate }: Pick<FetchSettings, 'lockFile' | 'allowPrivate'>,
  now: number,
): Promise<FetchedMod> {
  const address = withoutFragment(new URL(source).href);
  const added = await readAddedMods(lockFile);
  const found = await fetchArchive(address, allowPrivate);
  const entry = entryOf(address, found, now);
  return {
    ...{ address, bytes: found.bytes, sha256: entry.sha256, movedTo: entry.movedTo },
    before: added.get(address),
    async note(mod) {
      const others = [...added].filter(([, other]) => other.mod === mod).map(([other]) => other);
      const changes = new Map<string, AddedMod | undefined>(others.map((other) => [other, undefined]));
      await changeLock(lockFile, changes.set(address, { mod, ...entry }), 'added');
    },
  };
}

async function fetchArchive(
  address: string,
  allowPrivate: readonly string[],
): Promise<{ readonly bytes: Buffer; readonly address: string }> {
  try {
    const found = await createFetchFile(allowPrivate)(address);
    if ('bytes' in found) return found;
    throw new FileFaultError(`is not there (${found.absent}); open it in a browser`);
  } catch (error) {
    throw error instanceof FileFaultError ? new Error(`${address} ${error.message}`) : error;
  }
}

/** Whether the address gave other bytes when a mod was added from it. */
export function isOther({ before, sha256 }: FetchedMod): boolean {
  return before !== undefined && before.sha256 !== sha256;
}

/** Where a mod comes from, one line each, in capital letters what is to be thought about. */
export function describeOrigin(fetched: FetchedMod): string[] {
  const { address, movedTo, bytes, sha256, before } = fetched;
  return [
    `from ${address}`,
    ...(movedTo === undefined ? [] : [`which leads to ${movedTo}`]),
    `${bytes.length} bytes, sha256 ${sha256}`,
    ...([address, movedTo ?? address].every(isSafeWebAddress) ? [] : [PLAIN_HTTP]),
    ...(before === undefined
      ? []
      : [
          before.sha256 === sha256
            ? `the same bytes as on ${before.fetched}, when ${before.mod} was added from there`
            : `IT IS NOT WHAT IT WAS ON ${before.fetched}, when ${before.mod} was added from there (sha256 ${before.sha256})`,
        ]),
  ];
}

const PLAIN_HTTP = 'IT CAME OVER HTTP: ANYBODY ON THE WAY COULD HAVE CHANGED IT';
