import { isLocked } from './account-availability.ts';
import type { JellyfinApi } from './api.ts';

/** Waits some milliseconds. */
export type Wait = (ms: number) => Promise<void>;

/**
 * A write of an account's row that was under way has landed by then, in milliseconds: one by a sign-in, by a PIN that was redeemed
 * or by a client's session. Source: measured on 10.11.11 and 12.0-rc5, where none was lost after that in 36 rounds.
 */
export const LANDING_MS = 500;

/** How often a policy is written at most. */
export const MOST_TRIES = 4;

/**
 * Sets the counter of failed sign-ins to 0 and takes back a lock that it caused, never an administrator's disable. The
 * whole policy is written back as it was read, and read again after half a second, since Jellyfin may lose this write
 * as it may lose a password. One field is lost on the way: no version of Jellyfin from 10.9 to 12.0 tells
 * `EnableLyricManagement` when asked, so it becomes false, as it does by any save in Jellyfin's own dashboard. This is
 * why the policy is written only for an account that is locked or about to be.
 *
 * @returns Whether the account was seen unlocked.
 * @throws {JellyfinUnreachableError}
 */
export async function clearLockout(api: JellyfinApi, userId: string, wait: Wait): Promise<boolean> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const user = await api.user(userId);
    if (user === undefined) return false;
    const { Policy } = user;
    const isClosed = await isLocked(api, user);
    if (!isClosed && Policy.InvalidLoginAttemptCount === 0) return true;
    const IsDisabled = isClosed ? false : Policy.IsDisabled;
    await api.setPolicy(userId, { ...Policy, IsDisabled, InvalidLoginAttemptCount: 0 });
    await wait(LANDING_MS * tries);
  }
  const user = await api.user(userId);
  return user !== undefined && !(await isLocked(api, user));
}
