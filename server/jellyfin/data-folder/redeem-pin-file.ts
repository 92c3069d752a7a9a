import { randomInt } from 'node:crypto';
import type { SetPasswordFailure } from '../../ports/accounts.ts';
import { JellyfinUnreachableError } from '../errors.ts';
import { type AskedPin, type AskForPinParts, askForPin } from './ask-for-pin.ts';
import type { DataFolder } from './find-data-folder.ts';
import type { KeylessApi } from './keyless-api.ts';
import { type PinFile, readPinFile, readPinFiles } from './pin-file.ts';
import type { ToldPinFile } from './told-pin-files.ts';

/** Most dashes in one place; with nine places that is 54 bits more. */
const MOST_DASHES = 63;

/**
 * Writes a PIN of Jellyfin's with a random number of dashes around each digit. Jellyfin leaves dashes out when it compares,
 * and makes the text as typed the password: so what is in force for a moment, or for longer when we die just then, has
 * 86 bits instead of 32, and whoever reads the PIN file cannot sign in with it.
 *
 * @returns 8 digits and up to 567 dashes.
 * Source: DefaultPasswordResetProvider.RedeemPasswordResetPin, 10.8.13 to 12.0; seen live with dashes anywhere.
 */
export function disguisePin(pin: string, random: (below: number) => number = randomInt): string {
  const dashes = (): string => '-'.repeat(random(MOST_DASHES + 1));
  const digits = Array.from(pin.replaceAll('-', ''), (digit) => digit + dashes());
  return dashes() + digits.join('');
}

/** The way over a PIN file ends here, with what the port is to be told. */
export class PinWayError extends Error {
  override readonly name = 'PinWayError';
  readonly outcome: SetPasswordFailure;

  constructor(outcome: SetPasswordFailure) {
    super(`over a PIN file: ${outcome.kind}`);
    this.outcome = outcome;
  }
}

/** How often a PIN is asked for and redeemed, when somebody else's request for the same user replaces it. */
const MOST_TRIES = 4;

/** What it needs. */
export interface RedeemParts extends Omit<AskForPinParts, 'api' | 'folder'> {
  readonly api: Pick<KeylessApi, 'askForPin' | 'publicInfo' | 'redeemPin'>;
  readonly folder: DataFolder;
  /** Told of each file that came because we asked. */
  readonly onFile: (file: ToldPinFile) => Promise<void>;
  /** Called when the old password may be dead. */
  readonly onRedeemed: () => void;
}

/**
 * Makes a random text, which only the caller knows, the password of a user: asks Jellyfin for a PIN file and redeems the
 * PIN. Works for hidden, locked and disabled accounts too; ends no session.
 *
 * @returns The text. That it is the password is not proved; sign in with it.
 * @throws {PinWayError} when it cannot be done, with the outcome.
 * @throws {JellyfinUnreachableError}
 */
export async function redeemPinFile(parts: RedeemParts, userName: string): Promise<string> {
  const { api, wait, folder, onFile, onRedeemed } = parts;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const asked = await askForPin({ api, wait, folder }, userName);
    if (asked.kind !== 'pin') throw new PinWayError(outcomeOf(asked, folder));
    await onFile(asked.file);
    const typed = disguisePin(asked.file.pin);
    const answer = await redeem(api, typed);
    if (answer === 'redeemed') {
      onRedeemed();
      return typed;
    }
    // Neither 500 nor 404 proves failure: another person's bad file ends the call, also after ours was redeemed and deleted.
    const after = await readPinFile(asked.file.path);
    if (after.kind === 'gone' || answer === 'lost') onRedeemed();
    if (after.kind === 'gone') return typed;
    // One with another PIN is somebody else's request for the same user, in place of ours.
    if (after.kind === 'pin' && after.pin === asked.file.pin) await mendFiles(parts, asked.file.path);
  }
  throw new PinWayError({
    kind: 'unreachable',
    detail: 'Jellyfin did not accept its own PIN, several times.',
  });
}

/** `lost`: the call was sent and no answer came. */
async function redeem(
  api: Pick<KeylessApi, 'redeemPin'>,
  typed: string,
): Promise<'redeemed' | 'no-match' | 'failed' | 'lost'> {
  try {
    return await api.redeemPin(typed);
  } catch (error) {
    if (error instanceof JellyfinUnreachableError && error.mayHaveArrived) return 'lost';
    throw error;
  }
}

/**
 * Gets files out of the way that Jellyfin cannot read. A file with the end of an older one behind it is mended by
 * having it written again, which works in 31 of 37 cases; any other only the admin can delete, for we never write there.
 */
async function mendFiles({ api, folder }: RedeemParts, ownPath: string): Promise<void> {
  const files = (await readPinFiles(folder.path)).filter(({ path }) => path !== ownPath);
  const stuck = files.find((file) => file.kind === 'unusable' && file.isInTheWay);
  if (stuck !== undefined) throw new PinWayError({ kind: 'refused', detail: explainStuck(stuck) });
  for (const file of files) if (file.kind === 'pin' && file.isBroken) await api.askForPin(file.userName);
}

function explainStuck({ path }: PinFile): string {
  return `Jellyfin fails on every PIN while the broken file ${path} is there. Delete it.`;
}

function outcomeOf(asked: Exclude<AskedPin, { kind: 'pin' }>, folder: DataFolder): PinWayError['outcome'] {
  if (asked.kind === 'failed')
    return { kind: 'unreachable', detail: 'Jellyfin failed to write a PIN file; its own log says why.' };
  if (asked.kind === 'broken')
    return { kind: 'refused', detail: explainStuck({ path: asked.path, kind: 'gone' }) };
  if (asked.kind === 'refused' || folder.isOfJellyfin) return { kind: 'account-unavailable', reason: 'gone' };
  const there = `Jellyfin itself calls it ${folderOf(asked.promised)}.`;
  const detail = `No PIN file came to ${folder.path}. Is it really Jellyfin's data folder? ${there}`;
  return { kind: 'refused', detail };
}

/** Of a path on another machine, so with either kind of slash. */
function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, '') || '/';
}
