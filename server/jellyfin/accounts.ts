import { setTimeout as sleep } from 'node:timers/promises';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Account, Accounts } from '../ports/accounts.ts';
import { hasOwnPassword, isLocked } from './account-availability.ts';
import type { UserDto } from './answers.ts';
import type { JellyfinApi } from './api.ts';
import { createServerName } from './server-name.ts';
import { type SetPasswordParts, setPassword } from './set-password.ts';

/** The port, and what only this adapter can say. */
export interface JellyfinAccounts extends Accounts {
  /** Whether a change of that account runs or waits. A ForgotPassword for it would undo the change on 10.11 and 12. */
  isChanging(userId: string): boolean;
}

async function toAccount(api: JellyfinApi, user: UserDto): Promise<Account> {
  return {
    id: user.Id,
    name: user.Name,
    isAdministrator: user.Policy.IsAdministrator,
    isDisabled: user.Policy.IsDisabled && !(await isLocked(api, user)),
    hasLocalPassword: hasOwnPassword(user),
  };
}

/** What the adapter needs. */
export interface AccountsParts extends Omit<SetPasswordParts, 'wait' | 'mayWrite'> {
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
  return {
    async findByName(name) {
      const user = findByUserName(await api.users(), ({ Name }) => Name, name);
      return user === undefined ? undefined : toAccount(api, user);
    },
    async findById(id) {
      const user = await api.user(id);
      return user === undefined ? undefined : toAccount(api, user);
    },
    serverName: createServerName(api, clock),
    setPassword(id, password, mayWrite) {
      const calledAt = clock.now();
      return changes.run(id, () => setPassword({ ...changing, mayWrite }, id, password, calledAt));
    },
    isChanging: (id) => changes.isBusy(id),
  };
}
