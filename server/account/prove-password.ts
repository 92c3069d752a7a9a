import type { LoginAttempt, LoginOutcome, LoginThrottle } from '../../injector/answers/reset-port.ts';
import { AccountRefusal } from '../http/account-use-cases.ts';
import type { AccountAccess, PersonSignIn } from '../ports/account-access.ts';

/** A password that Jellyfin took, or undefined: it did not. */
export type TriedPassword = Extract<PersonSignIn, { kind: 'signed-in' }> | undefined;

/**
 * Tries a password at Jellyfin, under the throttle that Jellyfin's own sign-in has: wrong ones count as failed sign-ins, and
 * whoever is held there is held here.
 *
 * @throws {AccountRefusal} `too-many-requests`, `jellyfin-unreachable`.
 */
export type TryPassword = (
  attempt: { readonly name: string; readonly password: string; readonly clientAddress: string },
  purpose: 'session' | 'check',
) => Promise<TriedPassword>;

/** How Jellyfin counts what it answered. */
const OUTCOMES: Readonly<Record<PersonSignIn['kind'], LoginOutcome>> = {
  'signed-in': 'success',
  'wrong-password': 'failure',
  forbidden: 'neither',
  unreachable: 'neither',
};

/** Makes it. @param login Undefined where sign-ins are not throttled. */
export function createTryPassword(
  access: Pick<AccountAccess, 'signIn' | 'signOut'>,
  login: LoginThrottle | undefined,
): TryPassword {
  return async ({ name, password, clientAddress }, purpose) => {
    const attempt: LoginAttempt = { name, clientAddress };
    const permission = await login?.begin(attempt);
    if (permission?.isHeld === true)
      throw new AccountRefusal('too-many-requests', { waitSeconds: permission.waitSeconds });
    let outcome: LoginOutcome = 'neither';
    try {
      const signIn = await access.signIn({ name, password, clientAddress }, purpose);
      outcome = OUTCOMES[signIn.kind];
      if (signIn.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
      return signIn.kind === 'signed-in' ? signIn : undefined;
    } finally {
      await login?.end(attempt, outcome);
    }
  };
}

/** Proves once more that somebody who is signed in knows the password. @throws {AccountRefusal} as above, and `password-wrong`. */
export type ProvePassword = (
  session: { readonly userName: string; readonly jellyfinId: string },
  password: string,
  clientAddress: string,
) => Promise<void>;

/** Makes it. A name that is somebody else's by now proves nothing. */
export function createProvePassword(
  tryPassword: TryPassword,
  access: Pick<AccountAccess, 'signOut'>,
): ProvePassword {
  return async ({ userName: name, jellyfinId }, password, clientAddress) => {
    const tried = await tryPassword({ name, password, clientAddress }, 'check');
    if (tried !== undefined) await access.signOut(tried.token);
    if (tried?.owner.jellyfinId !== jellyfinId) throw new AccountRefusal('password-wrong');
  };
}
