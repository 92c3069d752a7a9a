import type { UnavailableReason } from '../ports/accounts.ts';
import { findObstacle, isLocked } from './account-availability.ts';
import type { JellyfinApi } from './api.ts';
import { clearLockout, type Wait } from './clear-lockout.ts';

/** What a sign-in with the new password showed. */
export type Verified =
  | { readonly kind: 'in-force'; readonly token: string; readonly deviceId: string }
  /** The old password is (still or again) in force. */
  | { readonly kind: 'not-in-force' }
  /** Jellyfin lets nobody sign in to this account from here and now: access schedule, remote access, device list. */
  | { readonly kind: 'no-sign-in-allowed' }
  | { readonly kind: 'unavailable'; readonly reason: UnavailableReason };

/** What verifying needs. */
export interface VerifyParts {
  readonly api: JellyfinApi;
  /** Device the sign-in comes from; its traces are removed by whoever ends the session. */
  readonly deviceId: string;
  readonly wait: Wait;
  /** Whether passwords of administrators may be set. */
  readonly mayBeAdministrator: boolean;
}

/**
 * Signs in with the new password, on a device of its own. A locked account is unlocked before, for it would answer
 * the same to every password. Each `not-in-force` counts as one failed sign-in.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function verifyPassword(
  parts: VerifyParts,
  userId: string,
  password: string,
): Promise<Verified> {
  const { api, deviceId, wait } = parts;
  // The second round is for an account that somebody's wrong passwords locked during the first.
  for (let round = 1; round <= 2; round += 1) {
    let user = await api.user(userId);
    if (user !== undefined && (await isLocked(api, user))) {
      await clearLockout(api, userId, wait);
      user = await api.user(userId);
    }
    const reason = await findObstacle(api, user, parts.mayBeAdministrator);
    if (user === undefined || reason !== undefined) return { kind: 'unavailable', reason: reason ?? 'gone' };
    const signIn = await api.signIn(user.Name, password, deviceId);
    if (signIn.kind === 'signed-in') return { kind: 'in-force', token: signIn.token, deviceId };
    if (signIn.kind === 'wrong-password') return { kind: 'not-in-force' };
  }
  return { kind: 'no-sign-in-allowed' };
}
