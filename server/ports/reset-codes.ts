import type { ChannelName } from './contacts.ts';
import type { LinkState } from './reset-links.ts';

/** How many wrong codes end a link for good, over all of its codes. */
export const MAX_WRONG_RESET_CODES = 5;

/** Most codes of one link. */
export const MAX_RESET_CODES = 3;

/** How a link came to whoever has it. */
export type LinkWay =
  /** In a message on that channel; undefined: it was made before links kept that. */
  | { readonly kind: 'message'; readonly channel: ChannelName | undefined }
  /** An administrator had it made and handed it over; no message carried it. */
  | { readonly kind: 'by-hand' };

/** A link that takes neither codes nor passwords at this moment. */
type NotOpen = { readonly state: Exclude<LinkState['state'], 'open'> };

/** How keeping a code ended; `too-many`: the link has had {@link MAX_RESET_CODES}, of which the last stays good. */
export type KeptResetCode = { readonly state: 'kept' | 'too-many' } | NotOpen;

/**
 * How typing a code ended. `wrong`: it was counted. `locked`: it was wrong, and one too many: the link is used up. `no-code`:
 * there is none to compare with, or it has expired; nothing was counted.
 */
export type TypedResetCode = { readonly state: 'right' | 'wrong' | 'locked' | 'no-code' } | NotOpen;

/**
 * Codes that a reset needs besides its link. A code belongs to one link; of a PIN, to all links it is exchanged for, so
 * that exchanging it again brings no new tries. It ends with its link. All times in ms since 1970; every method rejects
 * with a StorageError when the storage fails.
 */
export interface ResetCodes {
  /** How that link came; of one that a PIN was exchanged for, how the PIN came. Undefined: there is no such link. */
  wayOf(tokenHash: string): Promise<LinkWay | undefined>;
  /** Keeps the code of an open link in the place of the one before, in one step. The link itself stays as it is. */
  keep(
    tokenHash: string,
    code: { readonly hash: string; readonly expiresAt: number },
    now: number,
  ): Promise<KeptResetCode>;
  /**
   * Compares a code with that of an open link, in constant time, and counts a wrong one; in one step, so that of any number
   * that are typed at once no more than {@link MAX_WRONG_RESET_CODES} are looked at. A right one stays good: it is spent with
   * the link.
   */
  compare(tokenHash: string, hash: string, now: number): Promise<TypedResetCode>;
}
