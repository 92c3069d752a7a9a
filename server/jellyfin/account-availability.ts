import { isAtLeast, parseJellyfinVersion } from '../../injector/jellyfin/versions.ts';
import type { UnavailableReason } from '../ports/accounts.ts';
import type { UserDto } from './answers.ts';
import type { JellyfinApi } from './api.ts';

/** What telling a lock from an administrator's decision needs. */
type StandingApi = Pick<JellyfinApi, 'publicInfo' | 'activity'>;

/** Passwords of accounts with any other provider (LDAP, SSO) are kept elsewhere. Source: jellyfin, all versions. */
const OWN_PROVIDER = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';

/** Whether failed sign-ins can lock the account at all. */
export function hasLockout({ Policy }: UserDto): boolean {
  return (Policy.LoginAttemptsBeforeLockout ?? -1) > 0;
}

/** Whether Jellyfin itself keeps the password. */
export function hasOwnPassword({ Policy }: UserDto): boolean {
  return Policy.AuthenticationProviderId === OWN_PROVIDER;
}

/**
 * Whether failed sign-ins may have locked the account. Jellyfin has one flag for this and for an administrator's
 * decision, and the counter at its limit is the first sign that tells them apart.
 */
function looksLocked(user: UserDto): boolean {
  const { IsDisabled, InvalidLoginAttemptCount, LoginAttemptsBeforeLockout } = user.Policy;
  return IsDisabled && hasLockout(user) && InvalidLoginAttemptCount >= (LoginAttemptsBeforeLockout ?? 0);
}

/** From 10.11.9 to the end of 10.11 reaching the limit disables nobody. Source: jellyfin issue 17278; seen on 10.11.11. */
function locksNobody(text: string): boolean {
  const version = parseJellyfinVersion(text);
  return version !== undefined && isAtLeast(version, 10, 11, 9) && !isAtLeast(version, 12, 0);
}

/** What the log says of an account that was locked, or of one that was let in. Source: jellyfin LockedOutLogger.cs. */
const LOCKED = 'UserLockedOut';
const LET_IN = ['AuthenticationSucceeded', 'SessionStarted'];

/**
 * Whether it was failed sign-ins that closed the account, and nothing but them. Besides the counter the server's
 * activity log has to say so: the last that was heard of the account must be its lock. If somebody got in after it, the
 * account was opened, and who closed it again was an administrator; an administrator may also have disabled an account
 * whose counter had stood at the limit. Where the log has nothing (by default it is kept for 30 days), the account is
 * taken for closed on purpose. What cannot be seen is an administrator who finds an account locked, wants it closed,
 * and leaves it as it is; nor one who opens it and closes it again before anybody has signed in, for the log has no line
 * about either. Source: ActivityLogController.cs, 10.8 to 12.0.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function isLocked(api: StandingApi, user: UserDto): Promise<boolean> {
  if (!looksLocked(user) || locksNobody((await api.publicInfo()).Version)) return false;
  for await (const { Type, UserId } of api.activity()) {
    if (UserId !== user.Id) continue;
    if (Type === LOCKED) return true;
    if (LET_IN.includes(Type)) return false;
  }
  return false;
}

/** Why the password of an account cannot be set, as far as the account itself tells; undefined when it can. */
export function whyUnavailable(user: UserDto): 'foreign-provider' | 'disabled' | undefined {
  if (!hasOwnPassword(user)) return 'foreign-provider';
  return user.Policy.IsDisabled ? 'disabled' : undefined;
}

/**
 * The same with what the server knows besides: an account that failed sign-ins locked can be helped.
 *
 * @param mayBeAdministrator Whether passwords of administrators may be set.
 * @throws {JellyfinUnreachableError}
 */
export async function findObstacle(
  api: StandingApi,
  user: UserDto | undefined,
  mayBeAdministrator: boolean,
): Promise<UnavailableReason | undefined> {
  if (user === undefined) return 'gone';
  if (user.Policy.IsAdministrator && !mayBeAdministrator) return 'administrator';
  const reason = whyUnavailable(user);
  return reason === 'disabled' && (await isLocked(api, user)) ? undefined : reason;
}
