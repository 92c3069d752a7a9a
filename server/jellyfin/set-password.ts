import type { Logger } from '../log/log.ts';
import type { SetPasswordOutcome } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import { findObstacle, hasLockout } from './account-availability.ts';
import type { JellyfinApi } from './api.ts';
import { changeUntilKept, type Kept } from './change-until-kept.ts';
import { clearLockout, type Wait } from './clear-lockout.ts';
import { JellyfinRefusedKeyError, JellyfinUnreachableError } from './errors.ts';
import { verifyPassword } from './verify-password.ts';

const MOST_ROUNDS = 3;
const PAUSE_MS = 200;

/**
 * Ends every session an account still has, and removes our own device if it is still listed. Jellyfin ends sessions
 * when a password changes, but up to 10.10 a sign-in with the OLD password that overlaps the change keeps its token.
 * Deleting a device ends all tokens on it, also those of another person who shares it; only such leftovers are hit.
 *
 * @param userId Undefined: only our own device is removed.
 * @returns Whether the list was seen without them.
 * @throws {JellyfinUnreachableError}
 * Source: measured on 10.8.13 (9 of 10), 10.9.11 (11 of 12), 10.10.7 (10 of 12).
 */
export async function endSessions(
  api: JellyfinApi,
  userId: string | undefined,
  ownDeviceId: string,
  wait: Wait,
): Promise<boolean> {
  for (let round = 1; round <= MOST_ROUNDS; round += 1) {
    const devices = await api.devices();
    const left = devices.filter(
      ({ Id, LastUserId }) => Id === ownDeviceId || (userId !== undefined && LastUserId === userId),
    );
    if (left.length === 0) return true;
    for (const { Id } of left) await api.deleteDevice(Id);
    if (round > 1) await wait(PAUSE_MS);
  }
  return false;
}

/** No try begins later than this after the call, and no call of a try lasts beyond it. */
export const CHANGE_BUDGET_MS = 30_000;

/** Longest time for what comes after a change that stands: counter, our session, leftover sessions. */
export const TIDY_BUDGET_MS = 15_000;

/** What setting a password needs. */
export interface SetPasswordParts {
  /** Verifying sign-ins come from a device of its `deviceId` and the user's id, which leaves no trace. */
  readonly api: JellyfinApi;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly log: Logger;
  /** Whether passwords of administrators may be set; default true. */
  readonly mayBeAdministrator?: boolean;
  /** Whether sessions are ended that Jellyfin's own revocation leaves; default true. */
  readonly endsSessions?: boolean;
  /** Asked right before each write; default: always yes. */
  readonly mayWrite?: (() => boolean) | undefined;
}

const OLD_NEEDS_ADMIN =
  'Jellyfin 10.8 lets no API key set a password (status 500). Update Jellyfin, or put the access token of an ' +
  'administrator into jellyfin.apiKey.';

/** Why Jellyfin failed, as far as it can be found out; the password was not set. */
async function explainFailure(api: JellyfinApi): Promise<SetPasswordOutcome> {
  const { Version } = await api.publicInfo();
  if (Version.startsWith('10.8.') && (await api.isApiKey()))
    return { kind: 'refused', detail: OLD_NEEDS_ADMIN };
  return { kind: 'unreachable', detail: 'Jellyfin failed to set the password; its own log says why.' };
}

/**
 * Sets a password as carefully as Jellyfin makes necessary: look at the account, write, wait, verify by a sign-in,
 * repeat, clear the lockout, end our session and every leftover one. Never throws. Call it for one account at a time.
 *
 * Sessions are not ended beforehand. An accepted write ends them anyway; deleting a device would also sign out others
 * who share it, and for nothing where the change then cannot be made. The price, measured on the fake of 12.0, 20
 * rounds each: against a player 2 tries instead of 1, against sign-ins the same.
 */
export async function setPassword(
  parts: SetPasswordParts,
  userId: string,
  password: string,
  calledAt: number,
): Promise<SetPasswordOutcome> {
  const { clock, log, wait, mayBeAdministrator = true } = parts;
  const deadlineMs = calledAt + CHANGE_BUDGET_MS;
  const leftMs = deadlineMs - clock.now();
  if (leftMs <= 0) return { kind: 'unreachable', detail: 'Another change of this account took too long.' };
  const api = parts.api.within(AbortSignal.timeout(leftMs));
  const deviceId = `${parts.api.deviceId}-${userId}`;
  const onLost = (tries: number): void => log.warn({ event: 'jellyfin-lost-change', userId, tries });

  try {
    const before = await api.user(userId);
    const reason = await findObstacle(api, before, mayBeAdministrator);
    if (before === undefined || reason !== undefined)
      return { kind: 'account-unavailable', reason: reason ?? 'gone' };
    const kept = await changeUntilKept({
      write: () => api.setPassword(userId, password),
      verify: () => verifyPassword({ api, deviceId, wait, mayBeAdministrator }, userId, password),
      ...{ wait, now: clock.now, deadlineMs, onLost, mayWrite: parts.mayWrite },
    });
    if (kept.kind === 'in-force' || kept.kind === 'in-force-unseen') {
      // Disabled and no obstacle: wrong passwords had locked it, and the sign-in that verified was let in.
      if (before.Policy.IsDisabled && kept.kind === 'in-force')
        log.info({ event: 'account-unlocked', userId });
      await tidy(parts, kept, userId, password, deviceId);
      return { kind: 'in-force', tries: kept.tries };
    }
    if (kept.kind === 'unavailable') return { kind: 'account-unavailable', reason: kept.reason };
    // Our own verifying sign-ins failed: they must not be what locks the account.
    if (hasLockout(before)) await clearLockout(api, userId, wait);
    return kept.kind === 'not-kept' ? kept : await explainFailure(api);
  } catch (error) {
    if (error instanceof JellyfinRefusedKeyError) return { kind: 'refused', detail: error.message };
    if (error instanceof JellyfinUnreachableError) return { kind: 'unreachable', detail: error.message };
    log.error({ event: 'set-password-failed', userId, err: error });
    return { kind: 'unreachable', detail: 'Gatehouse itself failed; see set-password-failed in its log.' };
  }
}

type InForce = Extract<Kept, { kind: 'in-force' | 'in-force-unseen' }>;

/** The password stands whatever happens here, so a failure is logged only. */
async function tidy(
  parts: SetPasswordParts,
  kept: InForce,
  userId: string,
  password: string,
  deviceId: string,
): Promise<void> {
  const { log, wait } = parts;
  const api = parts.api.within(AbortSignal.timeout(TIDY_BUDGET_MS));
  try {
    if (kept.kind === 'in-force') {
      const token = (await clearCounter(api, userId, password, deviceId, wait)) ?? kept.session.token;
      await api.signOut(token, deviceId);
    }
    const endsOthers = parts.endsSessions !== false && !(await keepOwnToken(api, userId, password));
    if (!(await endSessions(api, endsOthers ? userId : undefined, deviceId, wait)))
      log.warn({ event: 'sessions-left', userId });
  } catch (err) {
    log.warn({ event: 'sessions-left', userId, err });
  }
}

/**
 * Where `apiKey` is the access token of this very administrator, deleting his devices would end it. A second write of
 * the same password ends his other sessions, the leftover ones too, and spares the caller's. Source: measured on 10.8.13
 * to 10.10.7; UserController.UpdateUserPassword.
 *
 * @returns Whether that is so.
 */
async function keepOwnToken(api: JellyfinApi, userId: string, password: string): Promise<boolean> {
  if ((await api.ownUserId()) !== userId) return false;
  await api.setPassword(userId, password);
  return true;
}

/**
 * A good sign-in clears the counter of failed ones, but on 10.11.11 and 12.0 the first one after a minute without
 * activity writes the old count back; the second does not. This spares the policy, see `clearLockout`.
 *
 * @returns The token of the second sign-in, if there was one.
 */
async function clearCounter(
  api: JellyfinApi,
  userId: string,
  password: string,
  deviceId: string,
  wait: Wait,
): Promise<string | undefined> {
  const user = await api.user(userId);
  if (user === undefined || user.Policy.InvalidLoginAttemptCount === 0) return undefined;
  const again = await api.signIn(user.Name, password, deviceId);
  const after = await api.user(userId);
  if (after !== undefined && hasLockout(after) && after.Policy.InvalidLoginAttemptCount > 0)
    await clearLockout(api, userId, wait);
  return again.kind === 'signed-in' ? again.token : undefined;
}
