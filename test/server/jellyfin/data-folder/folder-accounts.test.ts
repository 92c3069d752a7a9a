import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { ownUserId } from '../../../../server/jellyfin/own-user-id.ts';
import { createFakeJellyfin, JELLYFIN_VERSIONS } from '../../../jellyfin/fake-jellyfin.ts';
import { connectFolderAccounts } from '../../../support/jellyfin/folder-accounts.ts';
import { createJellyfinCaller } from '../../../support/jellyfin/jellyfin-caller.ts';
import { testAccountsContract } from '../../ports/accounts.contract.ts';

for (const version of JELLYFIN_VERSIONS) {
  for (const isHidden of version === '12.0' ? [false, true] : [false]) {
    const who = isHidden ? 'hidden accounts, known by their contacts only' : 'accounts on the login screen';
    testAccountsContract(`the data folder of Jellyfin ${version}, ${who}`, async () => {
      const jellyfin = await createFakeJellyfin({
        version,
        hashMs: 5,
        baseUrl: '/media',
        users: [
          { name: 'admin', password: 'admin-pw-1', isAdministrator: true, isHidden },
          { name: 'alice', password: 'alice-pw-1', isHidden },
        ],
      });
      onTestFinished(() => jellyfin.close());
      const caller = createJellyfinCaller(jellyfin.url);
      const idOf = (name: string): string => (isHidden ? ownUserId(name) : jellyfin.user(name).id);
      return {
        accounts: await connectFolderAccounts({
          ...{ jellyfin, idOf, names: ['admin', 'alice'] },
          wait: (ms) => sleep(ms / 50),
        }),
        idOf,
        signsIn: async (name, password) => (await caller.signIn(name, password)).status === 200,
        // Without a key Jellyfin tells of hidden accounts nothing at all.
        seesAdministrators: !isHidden,
      };
    });
  }
}
