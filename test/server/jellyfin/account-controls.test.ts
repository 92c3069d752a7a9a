import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeJellyfin, JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { editPolicy } from '../../support/jellyfin/edit-policy.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';

/** Nothing overlaps here, so the waits need not be whole. */
const hurry = (ms: number): Promise<void> => sleep(ms / 10);

async function start(version: JellyfinVersion, wait = hurry) {
  const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5 });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const { controls, unlock } = connectAccounts({ url: jellyfin.url, wait });
  const { id } = jellyfin.user('alice');
  return {
    ...{ jellyfin, caller, controls, unlock, id },
    edit: (fields: Record<string, unknown>) => editPolicy({ jellyfin, caller }, 'alice', fields),
    isSignedIn: async (token: string) => (await caller.call('GET', '/Users/Me', token)).status === 200,
  };
}

describe.each(JELLYFIN_VERSIONS)('accounts of Jellyfin %s', (version) => {
  it('are disabled, which ends their sessions, and enabled, and nothing is written where nothing changes', async () => {
    const { jellyfin, caller, controls, id, isSignedIn } = await start(version);
    const { token } = await caller.signIn('alice', 'alice-pw-1');
    expect(await controls.setDisabled(id, true)).toBe('done');
    expect(jellyfin.user('alice').isDisabled).toBe(true);
    expect(await isSignedIn(token)).toBe(false);
    const writes = () =>
      jellyfin.journal.filter((entry) => JSON.stringify(entry).includes(`/Users/${id}/Policy`)).length;
    const before = writes();
    expect(await controls.setDisabled(id, true)).toBe('unchanged');
    expect(writes()).toBe(before);
    expect(await controls.setDisabled(id, false)).toBe('done');
    expect((await caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
  });

  it('that failed sign-ins locked are closed for good when they are disabled', async () => {
    const { caller, controls, unlock, edit, id } = await start(version);
    await edit({ LoginAttemptsBeforeLockout: 3 });
    for (let n = 0; n < 4; n += 1) await caller.signIn('alice', 'wrong', `door-${n}`);
    expect(await controls.setDisabled(id, true)).toBe('done');
    expect(await unlock(id)).toBe('disabled');
  });

  it('are not disabled when they are administrators, or gone', async () => {
    const { jellyfin, controls } = await start(version);
    expect(await controls.setDisabled(jellyfin.user('admin').id, true)).toBe('administrator');
    expect(jellyfin.user('admin').isDisabled).toBe(false);
    expect(await controls.setDisabled('f'.repeat(32), true)).toBe('gone');
  });

  it('are signed out on every device, and nobody else is', async () => {
    const { caller, controls, id, isSignedIn } = await start(version);
    const own = [
      await caller.signIn('alice', 'alice-pw-1', 'a'),
      await caller.signIn('alice', 'alice-pw-1', 'b'),
    ];
    const other = await caller.signIn('bob', 'bob-pw-1', 'c');
    expect(await controls.signOut(id)).toBe('done');
    for (const { token } of own) expect(await isSignedIn(token)).toBe(false);
    expect(await isSignedIn(other.token)).toBe(true);
  });
});

it('a disable that Jellyfin loses is made again, and one that it loses each time says so', async () => {
  let undo = async (): Promise<void> => undefined;
  const { jellyfin, controls, edit, id } = await start('12.0', () => undo());
  // What Jellyfin's lost update leaves: the whole row as it was read before.
  undo = async () => {
    undo = async () => undefined;
    await edit({ IsDisabled: false });
  };
  expect(await controls.setDisabled(id, true)).toBe('done');
  expect(jellyfin.user('alice').isDisabled).toBe(true);
  await controls.setDisabled(id, false);
  undo = () => edit({ IsDisabled: false });
  expect(await controls.setDisabled(id, true)).toBe('not-kept');
  expect(jellyfin.user('alice').isDisabled).toBe(false);
});
