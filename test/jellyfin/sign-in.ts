import { errorText, Refusal } from './answers.ts';
import { isInNetwork } from './authorization.ts';
import { DEFAULT_AUTHENTICATION } from './policy.ts';
import type { FakeRequest } from './request.ts';
import type { UserRow } from './users.ts';
import type { World } from './world.ts';

function fail(world: World, row: UserRow, request: FakeRequest): void {
  const count = Number(row.policy['InvalidLoginAttemptCount']) + 1;
  const limit = Number(row.policy['LoginAttemptsBeforeLockout']);
  const reached = limit > 0 && count >= limit;
  const { lockout } = world.traits;
  row.policy['InvalidLoginAttemptCount'] = reached && lockout === 'counts-once-more' ? count + 1 : count;
  if (reached) {
    if (lockout !== 'never') row.policy['IsDisabled'] = true;
    world.activity.add({
      name: `User ${row.name} has been locked out`,
      type: 'UserLockedOut',
      userId: row.id,
      severity: 'Error',
    });
  }
  if (world.traits.minor >= 9) {
    world.activity.add({
      name: `Failed login attempt from ${row.name}`,
      type: 'AuthenticationFailed',
      severity: 'Error',
      shortOverview: `IP address: ${request.address}`,
    });
  }
}

async function verify(world: World, row: UserRow, typed: string): Promise<boolean> {
  if (row.policy['AuthenticationProviderId'] !== DEFAULT_AUTHENTICATION) return false;
  // The row is shared up to 10.10, so what it holds when the hashing is done may be another password already.
  const { password } = row;
  if (password === null) return typed === '';
  await world.hashing.hash('check');
  return password === typed;
}

async function attempt(
  world: World,
  row: UserRow,
  request: FakeRequest,
  typed: string,
  isLogin: boolean,
): Promise<UserRow | undefined> {
  const right = await verify(world, row, typed);
  // Disabled accounts answer 403 whatever the password: they can be told apart from others.
  if (row.policy['IsDisabled'] === true) throw new Refusal(errorText(403));
  if (row.policy['EnableRemoteAccess'] !== true && !isInNetwork(world, request))
    throw new Refusal(errorText(403));
  if (!right) {
    fail(world, row, request);
    return undefined;
  }
  const before = world.traits.rowsAreCopies ? structuredClone(row) : row;
  row.policy['InvalidLoginAttemptCount'] = 0;
  if (isLogin) {
    row.lastLogin = new Date();
    if (!world.traits.rowsAreCopies) row.lastActivity = row.lastLogin;
    // On 12.0 the caller's copy carries the new date of the login, but still the old count.
    if (world.traits.minor >= 12) before.lastLogin = row.lastLogin;
  }
  return before;
}

/**
 * AuthenticateUser: checks a password, counts failures and locks out. The answer is the row as it was read, which
 * from 10.11.11 on still holds the old count; undefined for a wrong password or an unknown name.
 * @param isLogin false for the check of CurrentPw, which leaves LastLoginDate alone
 */
export async function checkPassword(
  world: World,
  request: FakeRequest,
  name: string,
  typed: string,
  isLogin: boolean,
): Promise<UserRow | undefined> {
  const known = world.users.byName(name);
  if (!known) return undefined;
  return world.users.change(known.id, (row) => attempt(world, row, request, typed, isLogin));
}
