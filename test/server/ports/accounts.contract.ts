import { describe, expect, it } from 'vitest';
import type { Accounts } from '../../../server/ports/accounts.ts';

/** A world in which the contract can be tried: an adapter, and a way to see what is true behind it. */
export interface AccountsWorld {
  readonly accounts: Accounts;
  /** Whether a sign-in with that password works. */
  signsIn(name: string, password: string): Promise<boolean>;
  idOf(name: string): string;
  /** False where an adapter cannot know who is an administrator: without a key, and off the login screen. Default true. */
  readonly seesAdministrators?: boolean;
}

/** Passwords in which nothing may be lost on the way. */
const TYPED = [
  'q7!zk2wv',
  '  blanks  inside and around  ',
  'Грабли-и-ёж 🦔',
  '"\\<&>\u0000\n\t',
  'é e\u0301 ﬁ',
];

/**
 * What every adapter of `Accounts` keeps.
 *
 * @param start Begins with the users `admin` (administrator) and `alice` on a server called `Test Server`, whose
 *   passwords are `NAME-pw-1`.
 */
export function testAccountsContract(label: string, start: () => Promise<AccountsWorld>): void {
  describe(`the accounts of ${label}`, () => {
    it('are found by name whatever its letter case, and by id', async () => {
      const { accounts, idOf, seesAdministrators = true } = await start();
      const alice = {
        id: idOf('alice'),
        name: 'alice',
        isAdministrator: false,
        isDisabled: false,
        hasLocalPassword: true,
      };
      expect(await accounts.findByName('alice')).toEqual(alice);
      expect(await accounts.findByName('ALiCE')).toEqual(alice);
      expect(await accounts.findById(idOf('alice'))).toEqual(alice);
      expect(await accounts.findByName('admin')).toMatchObject({ isAdministrator: seesAdministrators });
    });

    it('are not found by what is not a name or an id of theirs', async () => {
      const { accounts } = await start();
      for (const name of ['', ' alice', 'alice ', 'alıce', 'ali', 'nobody', '__proto__'])
        expect(await accounts.findByName(name), name).toBeUndefined();
      for (const id of ['f'.repeat(32), '0'.repeat(32), '..', 'Public', ''])
        expect(await accounts.findById(id), id).toBeUndefined();
    });

    it('live on a server that has a name', async () => {
      expect(await (await start()).accounts.serverName()).toBe('Test Server');
    });

    it('get a password, byte for byte, and the old one is dead', async () => {
      const { accounts, idOf, signsIn } = await start();
      let old = 'alice-pw-1';
      for (const password of TYPED) {
        expect(await accounts.setPassword(idOf('alice'), password)).toEqual({ kind: 'in-force', tries: 1 });
        expect(await signsIn('alice', password), password).toBe(true);
        expect(await signsIn('alice', old), old).toBe(false);
        old = password;
      }
    });

    it('end with the last of several changes at once', async () => {
      const { accounts, idOf, signsIn } = await start();
      const passwords = ['first-q7!zk', 'second-q7!zk', 'third-q7!zk'];
      const outcomes = await Promise.all(passwords.map((p) => accounts.setPassword(idOf('alice'), p)));
      expect(outcomes.map((outcome) => outcome.kind)).toEqual(['in-force', 'in-force', 'in-force']);
      expect(await signsIn('alice', 'third-q7!zk')).toBe(true);
    });

    it('that do not exist are said to be gone', async () => {
      const { accounts } = await start();
      expect(await accounts.setPassword('f'.repeat(32), 'q7!zk2wv')).toEqual({
        kind: 'account-unavailable',
        reason: 'gone',
      });
    });
  });
}
