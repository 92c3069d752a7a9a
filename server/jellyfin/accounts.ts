import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Accounts } from '../ports.ts';
import { hasOwnPassword, isLocked } from './account-standing.ts';
import type { UserDto } from './answers.ts';
import { isSameUserName } from './name-compare.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { type SetPasswordParts, setPassword } from './set-password.ts';

/** The port, and what only this adapter can say. */
export interface JellyfinAccounts extends Accounts {
  /** Whether a change of that account runs or waits. A ForgotPassword for it would undo the change on 10.11 and 12. */
  isChanging(userId: string): boolean;
}

/** Shown while Jellyfin cannot be asked, or has no name. */
const FALLBACK_NAME = 'Jellyfin';

/** A name changes about never, and every page asks for it. */
const NAME_KEPT_MS = 60_000;

/** Longest wait for the name: a page waits for it. */
const NAME_WAIT_MS = 2_000;

function toAccount(user: UserDto): Account {
  return {
    id: user.Id,
    name: user.Name,
    isAdministrator: user.Policy.IsAdministrator,
    isDisabled: user.Policy.IsDisabled && !isLocked(user),
    hasLocalPassword: hasOwnPassword(user),
  };
}

/** What the adapter needs. */
export interface AccountsParts extends Omit<SetPasswordParts, 'wait'> {
  /** How to wait some milliseconds; default by a timer. */
  readonly wait?: SetPasswordParts['wait'];
}

/**
 * Jellyfin's accounts over its API. Nothing of an account is cached: look-ups happen behind the answer of a request,
 * so nobody waits for them, and a decision about a password must not rest on what was true seconds ago. Jellyfin has
 * no look-up by name, so `findByName` reads the whole list.
 */
export function createAccounts(parts: AccountsParts): JellyfinAccounts {
  const { api, clock } = parts;
  const changing: SetPasswordParts = { wait: (ms) => sleep(ms), ...parts };
  const changes = createOneAtATime();
  let known = { name: FALLBACK_NAME, until: 0 };
  return {
    async findByName(name) {
      const user = (await api.users()).find((candidate) => isSameUserName(candidate.Name, name));
      return user === undefined ? undefined : toAccount(user);
    },
    async findById(id) {
      const user = await api.user(id);
      return user === undefined ? undefined : toAccount(user);
    },
    async serverName() {
      if (clock.now() < known.until) return known.name;
      try {
        const { ServerName } = await api.within(AbortSignal.timeout(NAME_WAIT_MS)).publicInfo();
        known = { name: ServerName?.trim() || FALLBACK_NAME, until: clock.now() + NAME_KEPT_MS };
      } catch {
        // The last name it had is better than none.
      }
      return known.name;
    },
    setPassword(id, password) {
      const calledAt = clock.now();
      return changes.run(id, () => setPassword(changing, id, password, calledAt));
    },
    isChanging: (id) => changes.isBusy(id),
  };
}
