import type { Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkWay, ResetCodes, TypedResetCode } from '../ports/reset-codes.ts';
import { readTypedCode } from '../secrets/contact-code.ts';
import type { ResetCodeHash } from '../secrets/reset-code.ts';

/** What asking for a second channel needs of the world. */
export interface SecondChannelParts {
  readonly accounts: Pick<Accounts, 'findById'>;
  readonly codes: Pick<ResetCodes, 'wayOf' | 'compare'>;
  /** Hash under which codes are kept; see `createResetCodeHash`. */
  readonly hashCode: ResetCodeHash;
  readonly clock: Clock;
}

/** Whether a link of that account takes a password by itself; `by-hand`: nobody's needs a code who was handed it over. */
export type CodeNeed = 'needed' | 'not-needed' | 'by-hand';

/** Says who needs a code besides a link, and whether it is the right one. */
export interface SecondChannel {
  /**
   * Asks Jellyfin whether the account is an administrator's now, unless an administrator handed the link over. Call it each
   * time: people become administrators, and stop being it, while a link is good.
   *
   * @throws {JellyfinUnreachableError | StorageError}
   */
  needOf(tokenHash: string, userId: string): Promise<CodeNeed>;
  /** Compares a code as it was typed; counts a wrong one. @throws {StorageError} */
  compare(tokenHash: string, userId: string, typed: string): Promise<TypedResetCode>;
}

/**
 * Makes it, for `reset.administrators: second-channel`. A link that an administrator had made and handed over needs no code:
 * whoever did that has the shell, or has just proved the password of an administrator, and can set any password as it is.
 */
export function createSecondChannel(parts: SecondChannelParts): SecondChannel {
  const { accounts, codes, hashCode, clock } = parts;
  const isByHand = (way: LinkWay | undefined): boolean => way?.kind === 'by-hand';

  return {
    async needOf(tokenHash, userId) {
      if (isByHand(await codes.wayOf(tokenHash))) return 'by-hand';
      return (await accounts.findById(userId))?.isAdministrator === true ? 'needed' : 'not-needed';
    },
    compare: (tokenHash, userId, typed) =>
      // What can be no code is counted as a wrong one, too.
      codes.compare(tokenHash, hashCode(readTypedCode(typed) ?? typed, userId), clock.now()),
  };
}
