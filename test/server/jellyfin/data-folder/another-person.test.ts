import { expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin } from '../../../jellyfin/fake-jellyfin.ts';
import { connectFolderAccounts } from '../../../support/jellyfin/folder-accounts.ts';

const FORMER = 'f'.repeat(32);

it.each([
  ['on the login screen', false],
  ['hidden', true],
])(
  'a contact does not open the account of somebody else who has that name by now, %s',
  async (_where, isHidden) => {
    const users = [{ name: 'alice', password: 'alice-pw-1', isHidden }];
    const jellyfin = await createFakeJellyfin({ version: '12.0', hashMs: 1, users });
    onTestFinished(() => jellyfin.close());
    const about = { jellyfin, names: ['alice'], idOf: () => FORMER, wait: async () => {} };
    const accounts = await connectFolderAccounts(about);
    // A hidden account is known to be another one only when we are in it.
    expect(await accounts.findByName('alice')).toEqual(isHidden ? expect.anything() : undefined);
    const outcome = await accounts.setPassword(FORMER, 'q7!zk2wv');
    expect(outcome).toEqual({
      ...{ kind: 'account-unavailable', reason: 'gone' },
      ...(isHidden ? { isOldPasswordDead: true } : {}),
    });
    expect(jellyfin.user('alice').password).not.toBe('q7!zk2wv');
    expect(jellyfin.user('alice').tokens).toEqual([]);
  },
);
