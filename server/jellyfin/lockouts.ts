import { findByUserName, userNameKey } from '../../injector/jellyfin/user-names.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Lockouts } from '../ports/lockouts.ts';
import type { UserDto } from './answers.ts';
import type { JellyfinApi } from './api.ts';

/** How long a list of accounts will do, in milliseconds. */
const LIST_MS = 60_000;

/**
 * Reads lockouts from Jellyfin's list of accounts, which one call gives whole. While Jellyfin cannot be asked, what it
 * said last about limits will do. Source: UserPolicy.LoginAttemptsBeforeLockout, 10.8 to 12.0; 0 never gets past Jellyfin, it becomes 3.
 */
export function createLockouts(parts: {
  readonly api: Pick<JellyfinApi, 'users'>;
  readonly clock: Clock;
  readonly log: Logger;
}): Lockouts {
  const { api, clock, log } = parts;
  let kept: readonly UserDto[] = [];
  let keptAt = Number.NEGATIVE_INFINITY;
  let isFailing = false;
  let reading: Promise<unknown> | undefined;

  async function read(): Promise<boolean> {
    try {
      kept = await api.users();
      keptAt = clock.now();
      isFailing = false;
    } catch (err) {
      if (!isFailing) log.warn({ event: 'lockouts-unknown', err });
      isFailing = true;
    }
    return !isFailing;
  }
  async function list(): Promise<readonly UserDto[]> {
    const age = clock.now() - keptAt;
    if (age >= 0 && age < LIST_MS) return kept;
    // One list for all who wait: each is work for Jellyfin, and strangers say how many sign-ins there are.
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
    return kept;
  }

  return {
    async of(name, isFresh) {
      const isRead = isFresh && (await read());
      const user = find(isFresh ? kept : await list(), name);
      const limit = user?.Policy.LoginAttemptsBeforeLockout ?? -1;
      if (user === undefined || limit < 2) return undefined;
      return { limit, failures: isRead ? user.Policy.InvalidLoginAttemptCount : undefined };
    },
    async keyOf(name) {
      const user = find(await list(), name);
      return user === undefined ? userNameKey(name) : `#${user.Id}`;
    },
  };
}

function find(users: readonly UserDto[], name: string): UserDto | undefined {
  if (name.startsWith('#')) return users.find(({ Id }) => `#${Id}` === name);
  return findByUserName(users, ({ Name }) => Name, name);
}
