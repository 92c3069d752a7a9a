import type { AccountStanding, Standings, UnlockOutcome } from '../ports/standings.ts';
import { hasLockout, hasOwnPassword, isLocked } from './account-availability.ts';
import type { ActivityEntry, PublicSystemInfo, UserDto } from './answers.ts';
import type { JellyfinApi } from './api.ts';
import { clearLockout, type Wait } from './clear-lockout.ts';

/** What is asked of Jellyfin for standings. */
type StandingsApi = Pick<JellyfinApi, 'users' | 'publicInfo' | 'activity'>;

/** Asks Jellyfin for its version and its activity log once, however many accounts are looked at, and only if one has to be. */
function askOnce(api: StandingsApi): Pick<JellyfinApi, 'publicInfo' | 'activity'> {
  let info: Promise<PublicSystemInfo> | undefined;
  const seen: ActivityEntry[] = [];
  const rest = api.activity()[Symbol.asyncIterator]();
  return {
    publicInfo: () => {
      info ??= api.publicInfo();
      return info;
    },
    async *activity() {
      for (let at = 0; ; at += 1) {
        if (at === seen.length) {
          const next = await rest.next();
          if (next.done === true) return;
          seen.push(next.value);
        }
        const entry = seen[at];
        if (entry !== undefined) yield entry;
      }
    },
  };
}

/**
 * Makes the port over Jellyfin's list of accounts, which one call gives whole.
 *
 * @param unlock Opens an account while nothing else changes it; see `JellyfinAccounts.unlock`.
 */
export function createStandings(
  api: StandingsApi,
  unlock: (userId: string) => Promise<UnlockOutcome>,
): Standings {
  return {
    async of(userIds) {
      const wanted = new Set(userIds);
      const users = (await api.users()).filter(({ Id }) => wanted.has(Id));
      const once = askOnce(api);
      const standings: AccountStanding[] = [];
      // One after the other: they read one log together.
      for (const user of users) standings.push(toStanding(user, await isLocked(once, user)));
      return standings;
    },
    unlock,
  };
}

function toStanding(user: UserDto, locked: boolean): AccountStanding {
  const { Policy } = user;
  const failures = Policy.InvalidLoginAttemptCount;
  const limit = hasLockout(user) ? (Policy.LoginAttemptsBeforeLockout ?? undefined) : undefined;
  const signedInAt = Date.parse(user.LastLoginDate ?? '');
  return {
    userId: user.Id,
    userName: user.Name,
    isAdministrator: Policy.IsAdministrator,
    isHidden: Policy.IsHidden === true,
    isDisabled: Policy.IsDisabled && !locked,
    isLocked: locked,
    elsewhere: hasOwnPassword(user) ? undefined : Policy.AuthenticationProviderId,
    lastSignInAt: Number.isNaN(signedInAt) ? undefined : signedInAt,
    failures,
    triesLeft: limit === undefined ? undefined : Math.max(0, limit - failures),
  };
}

/**
 * Opens an account that failed sign-ins closed, and counts its failures anew; see `clearLockout`, which reads it back since
 * Jellyfin may lose the change. Call it for one account at a time.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function unlockAccount(api: JellyfinApi, userId: string, wait: Wait): Promise<UnlockOutcome> {
  const user = await api.user(userId);
  if (user === undefined) return 'gone';
  const wasLocked = await isLocked(api, user);
  if (user.Policy.IsDisabled && !wasLocked) return 'disabled';
  if (!wasLocked && user.Policy.InvalidLoginAttemptCount === 0) return 'open';
  await clearLockout(api, userId, wait);
  const after = await api.user(userId);
  if (after === undefined) return 'gone';
  if (after.Policy.IsDisabled) return (await isLocked(api, after)) ? 'not-kept' : 'disabled';
  if (wasLocked) return 'unlocked';
  return after.Policy.InvalidLoginAttemptCount === 0 ? 'counted-anew' : 'not-kept';
}
