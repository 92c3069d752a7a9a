import type { z } from 'zod';
import { TokenBody } from './account-contract.ts';

/**
 * `POST reminder` below `/gatehouse/api/account/`, no session: whether the web client should remind the person to add a contact. The token is the person's own, as
 * in `token`, and is checked with Jellyfin; the answer is kept for a while, so that pages that show often ask Jellyfin seldom.
 */
export const ReminderBody = TokenBody;
export type ReminderBody = z.infer<typeof ReminderBody>;

/**
 * Answer of `reminder`. It says only whether this very person has no verified contact while there is a channel to have one on, and
 * whether one waits to be confirmed; with any doubt (a token that is no longer good, Jellyfin or the database away, a limit) both
 * are false, and it is never a problem.
 */
export interface ReminderAnswer {
  readonly isWanted: boolean;
  /** An address is there that nobody confirmed: it is to be confirmed, and none need be added. Only where {@link isWanted}. */
  readonly isUnconfirmed: boolean;
}
