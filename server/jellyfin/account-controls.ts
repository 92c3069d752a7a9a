import type { AccountControls, DisableOutcome, SignOutOutcome } from '../ports/account-controls.ts';
import { isLocked } from './account-availability.ts';
import type { UserDto } from './answers.ts';
import type { JellyfinApi } from './api.ts';
import { LANDING_MS, MOST_TRIES, type Wait } from './clear-lockout.ts';
import { endSessions } from './set-password.ts';

/** Whether the account stands as it is wanted. One that failed sign-ins closed is not disabled yet, and not open. */
async function stands(api: JellyfinApi, user: UserDto, isDisabled: boolean): Promise<boolean> {
  return user.Policy.IsDisabled === isDisabled && !(isDisabled && (await isLocked(api, user)));
}

/**
 * Writes the flag, reads it back after half a second and writes again where Jellyfin lost it. Call it for one account at a time.
 *
 * @throws {JellyfinUnreachableError}
 * Source: measured on 10.11.11 and 12.0-rc5: 24 of 30 changes of IsDisabled were undone by ForgotPassword in a loop.
 */
async function setDisabled(
  api: JellyfinApi,
  userId: string,
  isDisabled: boolean,
  wait: Wait,
): Promise<DisableOutcome> {
  for (let tries = 0; tries <= MOST_TRIES; tries += 1) {
    const user = await api.user(userId);
    if (user === undefined) return 'gone';
    if (await stands(api, user, isDisabled)) return tries === 0 ? 'unchanged' : 'done';
    if (tries === MOST_TRIES) break;
    // Jellyfin would answer 403, as it does to a wrong key. Source: UserController.UpdateUserPolicy, 10.8 to 12.0.
    if (isDisabled && user.Policy.IsAdministrator) return 'administrator';
    const Policy = { ...user.Policy, IsDisabled: isDisabled, InvalidLoginAttemptCount: 0 };
    await api.setPolicy(userId, Policy);
    await wait(LANDING_MS * (tries + 1));
  }
  return 'not-kept';
}

async function signOut(api: JellyfinApi, userId: string, wait: Wait): Promise<SignOutOutcome> {
  if ((await api.ownUserId()) === userId) return 'own-token';
  return (await endSessions(api, userId, api.deviceId, wait)) ? 'done' : 'left';
}

/**
 * Makes the port.
 *
 * @param oneAtATime Runs a change while nothing else changes that account.
 */
export function createAccountControls(
  api: JellyfinApi,
  wait: Wait,
  oneAtATime: <Outcome>(userId: string, change: () => Promise<Outcome>) => Promise<Outcome>,
): AccountControls {
  return {
    setDisabled: (userId, isDisabled) => oneAtATime(userId, () => setDisabled(api, userId, isDisabled, wait)),
    signOut: (userId) => oneAtATime(userId, () => signOut(api, userId, wait)),
  };
}
