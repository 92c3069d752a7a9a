import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createJellyfinApi } from '../../../server/jellyfin/api.ts';
import { createStandings } from '../../../server/jellyfin/standings.ts';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { editPolicy } from '../../support/jellyfin/edit-policy.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';

const OWN = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';
const LDAP = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';
/** Nothing overlaps here, so the waits need not be whole. */
const hurry = (ms: number): Promise<void> => sleep(ms / 10);

async function start(version: JellyfinVersion, wait = hurry) {
  const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5 });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const api = createJellyfinApi({
    url: jellyfin.url,
    apiKey: TEST_API_KEY,
    deviceId: 'gatehouse-test',
    version: '0.1.0',
  });
  const { unlock } = connectAccounts({ url: jellyfin.url, wait });
  const standings = createStandings(api, unlock);
  const { id } = jellyfin.user('alice');
  const fake = { jellyfin, caller };
  return {
    ...{ jellyfin, caller, id },
    edit: (fields: Record<string, unknown>) => editPolicy(fake, 'alice', fields),
    /** Wrong passwords, as many as lock on every version that locks. */
    async lock() {
      await editPolicy(fake, 'alice', { LoginAttemptsBeforeLockout: 3 });
      for (let n = 0; n < 4; n += 1) await caller.signIn('alice', 'wrong', `door-${n}`);
    },
    standing: async () => (await standings.of([id]))[0],
    unlock: () => standings.unlock(id),
    standings,
    policyWrites: () =>
      jellyfin.journal.filter((entry) => JSON.stringify(entry).includes(`/Users/${id}/Policy`)).length,
  };
}

describe.each(JELLYFIN_VERSIONS)('accounts of Jellyfin %s', (version) => {
  it('stand as the dashboard shows them', async () => {
    const { jellyfin, id, edit, standing, standings, caller } = await start(version);
    await edit({ IsHidden: true, LoginAttemptsBeforeLockout: 5 });
    await caller.signIn('alice', 'wrong');
    expect(await standing()).toMatchObject({
      ...{ userId: id, userName: 'alice', isAdministrator: false, isHidden: true },
      ...{ isDisabled: false, isLocked: false, elsewhere: undefined, failures: 1, triesLeft: 4 },
    });
    const [admin] = await standings.of([jellyfin.user('admin').id]);
    expect(admin).toMatchObject({ isAdministrator: true });
  });

  it('tell where a password is kept that Jellyfin does not keep, and whom failed sign-ins never lock', async () => {
    const { edit, standing } = await start(version);
    await edit({ AuthenticationProviderId: LDAP, LoginAttemptsBeforeLockout: -1 });
    expect(await standing()).toMatchObject({ elsewhere: LDAP, triesLeft: undefined });
    await edit({ AuthenticationProviderId: OWN });
    expect(await standing()).toMatchObject({ elsewhere: undefined });
  });

  it('that failed sign-ins locked are told from those that an administrator disabled', async () => {
    const { jellyfin, lock, edit, standing } = await start(version);
    await lock();
    const isClosed = jellyfin.user('alice').isDisabled;
    expect(await standing()).toMatchObject({ isLocked: isClosed, isDisabled: false });
    await edit({ IsDisabled: true, InvalidLoginAttemptCount: 0 });
    expect(await standing()).toMatchObject({ isLocked: false, isDisabled: true });
  });

  it('are unlocked, and their failures count from 0', async () => {
    const { jellyfin, caller, lock, unlock } = await start(version);
    await lock();
    const wasClosed = jellyfin.user('alice').isDisabled;
    expect(await unlock()).toBe(wasClosed ? 'unlocked' : 'counted-anew');
    expect(jellyfin.user('alice')).toMatchObject({ isDisabled: false, failedLogins: 0 });
    expect((await caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
  });

  it('are left as they are when an administrator disabled them, and when there is nothing to unlock', async () => {
    const { jellyfin, edit, unlock, policyWrites } = await start(version);
    expect(await unlock()).toBe('open');
    expect(policyWrites()).toBe(0);
    await edit({ IsDisabled: true, LoginAttemptsBeforeLockout: 3, InvalidLoginAttemptCount: 3 });
    const before = policyWrites();
    expect(await unlock()).toBe('disabled');
    expect(policyWrites()).toBe(before);
    expect(jellyfin.user('alice')).toMatchObject({ isDisabled: true, failedLogins: 3 });
  });

  it('that are gone are no standing, and cannot be unlocked', async () => {
    const { standings } = await start(version);
    expect(await standings.of(['f'.repeat(32)])).toEqual([]);
    expect(await standings.unlock('f'.repeat(32))).toBe('gone');
  });
});

it('an unlock that a sign-in of that moment undoes is made again', async () => {
  let undo = async (): Promise<void> => undefined;
  const { jellyfin, lock, edit, unlock, policyWrites } = await start('12.0', () => undo());
  await lock();
  expect(jellyfin.user('alice').isDisabled).toBe(true);
  const before = policyWrites();
  // What Jellyfin's lost update leaves: the whole row as it was read before.
  undo = async () => {
    undo = async () => undefined;
    await edit({ IsDisabled: true, InvalidLoginAttemptCount: 3 });
  };
  expect(await unlock()).toBe('unlocked');
  expect(jellyfin.user('alice')).toMatchObject({ isDisabled: false, failedLogins: 0 });
  expect(policyWrites() - before).toBe(3);
});

it('an unlock that is undone each time says so', async () => {
  const undo: { run: () => Promise<void> } = { run: async () => undefined };
  const { jellyfin, lock, edit, unlock } = await start('12.0', () => undo.run());
  await lock();
  undo.run = () => edit({ IsDisabled: true, InvalidLoginAttemptCount: 3 });
  expect(await unlock()).toBe('not-kept');
  expect(jellyfin.user('alice').isDisabled).toBe(true);
});
