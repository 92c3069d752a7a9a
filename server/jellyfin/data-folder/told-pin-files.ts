import { createHash } from 'node:crypto';
import { userNameKey } from '../../../injector/jellyfin/user-names.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Limits } from '../../ports/limits.ts';

/** Longer than a PIN of Jellyfin's is good for (30 minutes). */
const KEPT_MS = 60 * 60_000;

/** A PIN file, as far as it is told from others. */
export interface ToldPinFile {
  readonly userName: string;
  readonly expiresAt: number;
}

/** The PIN files that need no message: those a message went out for, and those that we asked for ourselves. */
export interface ToldPinFiles {
  /**
   * Notes a file, for all processes on one storage and over restarts; true for the first who does.
   *
   * @throws {StorageError}
   */
  note(file: ToldPinFile): Promise<boolean>;
}

/** Keeps them in the store of limits, one of each. */
export function createToldPinFiles(limits: Pick<Limits, 'take'>, clock: Clock): ToldPinFiles {
  return {
    async note(file) {
      const allowance = { points: 1, windowMs: KEPT_MS };
      return (await limits.take(`pin-file:${printOf(file)}`, allowance, clock.now())).isWithin;
    },
  };
}

/** Tells two files apart, wherever they lie and whatever they are called; nothing of it is secret. */
export function printOf({ userName, expiresAt }: ToldPinFile): string {
  return createHash('sha256')
    .update(`${userNameKey(userName)} ${expiresAt}`)
    .digest('hex');
}
