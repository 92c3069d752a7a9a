import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createFakeJellyfin, JELLYFIN_VERSIONS } from '../../jellyfin/fake-jellyfin.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { testAccountsContract } from '../ports/accounts.contract.ts';

for (const version of JELLYFIN_VERSIONS) {
  testAccountsContract(`Jellyfin ${version}`, async () => {
    const jellyfin = await createFakeJellyfin({
      version,
      apiKeys: [TEST_API_KEY],
      hashMs: 5,
      baseUrl: '/media',
    });
    onTestFinished(() => jellyfin.close());
    const caller = createJellyfinCaller(jellyfin.url);
    // No API key of 10.8 sets passwords, so there an administrator's access token stands in for it.
    const admin = await caller.signIn('admin', 'admin-pw-1', 'gatehouse');
    const apiKey = version === '10.8.13' ? admin.token : TEST_API_KEY;
    return {
      accounts: connectAccounts({ url: jellyfin.url, apiKey, wait: (ms) => sleep(ms / 10) }),
      idOf: (name) => jellyfin.user(name).id,
      signsIn: async (name, password) => (await caller.signIn(name, password)).status === 200,
    };
  });
}
