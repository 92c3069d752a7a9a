import { join } from 'node:path';
import { isSameUserNameIn } from '../../../injector/jellyfin/user-names.ts';
import type { Wait } from '../clear-lockout.ts';
import type { DataFolder } from './find-data-folder.ts';
import type { KeylessApi } from './keyless-api.ts';
import { isPinFileName, type PinFile, readPinFile, readPinFiles } from './pin-file.ts';

/** How often a file is asked for: the other of two at once gets 500, and up to 10.10 one in ten comes out broken. */
const MOST_ASKS = 5;

/** Pause before asking again, in milliseconds, times the number of asks. */
const PAUSE_MS = 150;

/** How often the folder is looked at for a file that was promised, and the pause in between: 5 s in all. */
const MOST_LOOKS = 50;
const LOOK_PAUSE_MS = 100;

/** 20 s: a network share may show an old list of its files for a while, NFS the longest. */
const MOST_LOOKS_OVER_NETWORK = 200;

type ReadPin = Extract<PinFile, { kind: 'pin' }>;

/** Whether a name is that of the user, as this Jellyfin compares names: another person's PIN must not be taken. */
type IsWanted = (name: string) => boolean;

/** What came of it. */
export type AskedPin =
  | { readonly kind: 'pin'; readonly file: ReadPin }
  /** Up to 10.11.1: there is no such user, or Jellyfin does not take us for its home network. */
  | { readonly kind: 'refused' }
  /** Jellyfin wrote none, or not here. `promised` is the path it named, as it sees it; it tells that to everybody. */
  | { readonly kind: 'no-file'; readonly promised: string }
  /** Jellyfin wrote one each time that it cannot read itself. */
  | { readonly kind: 'broken'; readonly path: string }
  /** Jellyfin failed each time. */
  | { readonly kind: 'failed' };

/** What asking needs. */
export interface AskForPinParts {
  readonly api: Pick<KeylessApi, 'askForPin' | 'publicInfo'>;
  /** Jellyfin's data folder, as we see it. */
  readonly folder: Pick<DataFolder, 'path' | 'isNetworkMount'>;
  readonly wait: Wait;
}

/**
 * Has Jellyfin write a PIN file for a user and waits until it is there. It is known by the user's name inside, never by
 * its own, which is made of an id up to 10.11.1 and of the typed name after; that Jellyfin tells the path only helps to find
 * it where a list of files is old. Call it for one user at a time.
 *
 * @throws {JellyfinUnreachableError}
 * @throws {Error} with a `code` when the folder cannot be listed.
 */
export async function askForPin(parts: AskForPinParts, userName: string): Promise<AskedPin> {
  const { api, folder, wait } = parts;
  const { Version } = await api.publicInfo();
  const isWanted: IsWanted = (name) => isSameUserNameIn(Version, name, userName);
  const known = new Set((await filesOf(folder.path, isWanted)).map(printOf));
  let last: AskedPin = { kind: 'failed' };
  for (let asks = 1; asks <= MOST_ASKS; asks += 1) {
    if (asks > 1) await wait(PAUSE_MS * asks);
    const asked = await api.askForPin(userName);
    if (asked.kind === 'refused') return asked;
    if (asked.kind === 'failed') continue;
    const file = await waitForFile(parts, isWanted, known, asked.path);
    if (file === undefined) return { kind: 'no-file', promised: asked.path };
    if (!file.isBroken) return { kind: 'pin', file };
    known.add(printOf(file));
    last = { kind: 'broken', path: file.path };
  }
  return last;
}

async function filesOf(folder: string, isWanted: IsWanted, promised = ''): Promise<readonly ReadPin[]> {
  const listed = await readPinFiles(folder);
  // Of a path on another machine, so with either kind of slash.
  const name = promised.replace(/^.*[\\/]/, '');
  const path = join(folder, name);
  const isListed = listed.some((file) => file.path === path);
  const files = isListed || !isPinFileName(name) ? listed : [...listed, await readPinFile(path)];
  return files.filter((file): file is ReadPin => file.kind === 'pin' && isWanted(file.userName));
}

/** Waits for one that was not there before: a network share may show an old text for a while. */
async function waitForFile(
  { folder, wait }: AskForPinParts,
  isWanted: IsWanted,
  known: ReadonlySet<string>,
  promised: string,
): Promise<ReadPin | undefined> {
  const most = folder.isNetworkMount ? MOST_LOOKS_OVER_NETWORK : MOST_LOOKS;
  for (let looks = 1; looks <= most; looks += 1) {
    const files = await filesOf(folder.path, isWanted, promised);
    const fresh = files.filter((file) => !known.has(printOf(file)));
    // Should several be new, the one that is good for longest is the one just written.
    const newest = fresh.toSorted((a, b) => b.expiresAt - a.expiresAt)[0];
    if (newest !== undefined) return newest;
    await wait(LOOK_PAUSE_MS);
  }
  return undefined;
}

/** Tells two texts of a file apart. */
function printOf({ path, pin, expiresAt, isBroken }: ReadPin): string {
  return `${path} ${pin} ${expiresAt} ${isBroken}`;
}
