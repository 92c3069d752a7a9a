import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type FakeJellyfinOptions,
  JELLYFIN_VERSIONS,
  type JellyfinVersion,
} from '../../jellyfin/fake-jellyfin.ts';
import { editPolicy } from '../../support/jellyfin/edit-policy.ts';
import { connectAccounts, TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { signInMeanwhile } from '../../support/jellyfin/sign-in-meanwhile.ts';
import { createLogLines } from '../../support/log/log-lines.ts';

const NEW = 'q7!zk2wv';
/** Nothing overlaps here, so the waits need not be whole. */
const hurry = (ms: number): Promise<void> => sleep(ms / 10);

async function startFake(
  version: JellyfinVersion,
  options: Partial<FakeJellyfinOptions> = {},
): Promise<{ jellyfin: FakeJellyfin; caller: JellyfinCaller; apiKey: string }> {
  const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5, ...options });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const admin = await caller.signIn('admin', 'admin-pw-1', 'gatehouse');
  return { jellyfin, caller, apiKey: version === '10.8.13' ? admin.token : TEST_API_KEY };
}

const writesIn = (jellyfin: FakeJellyfin): number =>
  jellyfin.journal.filter((entry) => /\/Users\/[0-9a-f]{32}\/Password/.test(JSON.stringify(entry))).length;

describe.each(JELLYFIN_VERSIONS)('setting a password on Jellyfin %s', (version) => {
  it('leaves no session of the person and no trace of our own', async () => {
    const { jellyfin, caller, apiKey } = await startFake(version);
    const phone = await caller.signIn('alice', 'alice-pw-1', 'phone');
    const others = await caller.signIn('bob', 'bob-pw-1', 'tv');
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toEqual({
      kind: 'in-force',
      tries: 1,
    });
    expect(jellyfin.journal.map((entry) => entry.path)).toContain('/Sessions/Logout');
    expect(jellyfin.user('alice').tokens).toEqual([]);
    expect((await caller.call('GET', '/Users/Me', phone.token)).status).toBe(401);
    expect((await caller.call('GET', '/Users/Me', others.token)).status).toBe(200);
    for (const list of ['/Devices', '/Sessions']) {
      const { json } = await caller.call('GET', list, TEST_API_KEY);
      expect(JSON.stringify(json), list).not.toMatch(/gatehouse-[0-9a-f]{16}|"alice"/);
    }
  });

  it('writes it once when nothing is lost, and never empty or with ResetPassword', async () => {
    const { jellyfin, apiKey } = await startFake(version);
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    await accounts.setPassword(jellyfin.user('alice').id, NEW);
    expect(writesIn(jellyfin)).toBe(1);
    expect(JSON.stringify(jellyfin.journal)).not.toMatch(/ResetPassword|X-Emby|api_key/i);
    await expect(accounts.setPassword(jellyfin.user('alice').id, '')).resolves.toMatchObject({
      kind: 'unreachable',
    });
    expect(jellyfin.user('alice').password).toBe(NEW);
  });

  it('unlocks an account that wrong passwords locked, and clears the counter', async () => {
    const fake = await startFake(version);
    const { jellyfin, caller, apiKey } = fake;
    await editPolicy(fake, 'alice', { LoginAttemptsBeforeLockout: 3 });
    for (let n = 0; n < 4; n += 1) await caller.signIn('alice', 'wrong', `door-${n}`);
    expect(jellyfin.user('alice').failedLogins).toBeGreaterThanOrEqual(3);
    const wasLocked = jellyfin.user('alice').isDisabled;
    const { log, events } = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry, log });
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toMatchObject({ kind: 'in-force' });
    expect(jellyfin.user('alice')).toMatchObject({ password: NEW, isDisabled: false, failedLogins: 0 });
    expect(events().includes('account-unlocked')).toBe(wasLocked);
    expect((await caller.signIn('alice', NEW)).status).toBe(200);
  });

  it('clears a counter below the limit without writing the policy', async () => {
    const { jellyfin, caller, apiKey } = await startFake(version);
    for (let n = 0; n < 2; n += 1) await caller.signIn('alice', 'wrong');
    expect(jellyfin.user('alice').failedLogins).toBe(2);
    await connectAccounts({ url: jellyfin.url, apiKey, wait: hurry }).setPassword(
      jellyfin.user('alice').id,
      NEW,
    );
    expect(jellyfin.user('alice')).toMatchObject({ password: NEW, failedLogins: 0 });
    expect(jellyfin.journal.some((entry) => JSON.stringify(entry).includes('/Policy'))).toBe(false);
  });

  it('leaves an account alone that an administrator disabled', async () => {
    const fake = await startFake(version);
    const { jellyfin, apiKey } = fake;
    await editPolicy(fake, 'alice', { LoginAttemptsBeforeLockout: 3, IsDisabled: true });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    const outcome = await accounts.setPassword(jellyfin.user('alice').id, NEW);
    expect(outcome).toEqual({ kind: 'account-unavailable', reason: 'disabled' });
    expect(jellyfin.user('alice')).toMatchObject({ password: 'alice-pw-1', isDisabled: true });
    expect(writesIn(jellyfin)).toBe(0);
  });

  it('leaves an account alone that an administrator disabled although its counter had stood at the limit', async () => {
    const fake = await startFake(version);
    const { jellyfin, caller, apiKey } = fake;
    await editPolicy(fake, 'alice', { LoginAttemptsBeforeLockout: 3 });
    for (let n = 0; n < 4; n += 1) await caller.signIn('alice', 'wrong', `door-${n}`);
    // Jellyfin's own dashboard opens it with the counter as it is; the person signs in, and then it is closed for good.
    const { failedLogins } = jellyfin.user('alice');
    await editPolicy(fake, 'alice', { IsDisabled: false });
    expect((await caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
    await editPolicy(fake, 'alice', { IsDisabled: true, InvalidLoginAttemptCount: failedLogins });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    expect(await accounts.findByName('alice')).toMatchObject({ isDisabled: true });
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toEqual({
      kind: 'account-unavailable',
      reason: 'disabled',
    });
    expect(jellyfin.user('alice')).toMatchObject({ password: 'alice-pw-1', isDisabled: true });
  });

  it('leaves a disabled account alone whose lock nobody remembers, whatever its counter says', async () => {
    const fake = await startFake(version);
    const { jellyfin, apiKey } = fake;
    await editPolicy(fake, 'alice', {
      LoginAttemptsBeforeLockout: 3,
      InvalidLoginAttemptCount: 3,
      IsDisabled: true,
    });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toMatchObject({ reason: 'disabled' });
    expect(jellyfin.user('alice').isDisabled).toBe(true);
  });

  it('finds an account that is hidden from the login screen', async () => {
    const { jellyfin, apiKey } = await startFake(version, {
      users: [
        { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
        { name: 'alice', password: 'alice-pw-1', isHidden: true },
      ],
    });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    expect(await accounts.findByName('ALICE')).toMatchObject({ name: 'alice', isDisabled: false });
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toMatchObject({ kind: 'in-force' });
  });

  it('leaves administrators alone where the configuration says so, by the account as it is then', async () => {
    const { jellyfin, apiKey } = await startFake(version);
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry, mayBeAdministrator: false });
    expect(await accounts.setPassword(jellyfin.user('admin').id, NEW)).toEqual({
      kind: 'account-unavailable',
      reason: 'administrator',
    });
    expect(writesIn(jellyfin)).toBe(0);
    expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toMatchObject({ kind: 'in-force' });
  });

  it('leaves administrators alone where whoever asks says so, by the account as it is then', async () => {
    const fake = await startFake(version);
    const { jellyfin, apiKey } = fake;
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    const { id } = jellyfin.user('alice');
    await editPolicy(fake, 'alice', { IsAdministrator: true });
    const refused = { kind: 'account-unavailable', reason: 'administrator' };
    expect(await accounts.setPassword(id, NEW, () => true, false)).toEqual(refused);
    expect(writesIn(jellyfin)).toBe(0);
    expect(await accounts.setPassword(id, NEW, () => true, true)).toMatchObject({ kind: 'in-force' });
    // Nobody is let in so whom the configuration keeps out.
    const strict = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry, mayBeAdministrator: false });
    expect(await strict.setPassword(id, NEW, () => true, true)).toEqual(refused);
  });

  it('leaves an account alone whose password is kept elsewhere', async () => {
    const fake = await startFake(version);
    const { jellyfin, apiKey } = fake;
    const AuthenticationProviderId = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';
    await editPolicy(fake, 'alice', { AuthenticationProviderId });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    const outcome = await accounts.setPassword(jellyfin.user('alice').id, NEW);
    expect(outcome).toEqual({ kind: 'account-unavailable', reason: 'foreign-provider' });
    expect(writesIn(jellyfin)).toBe(0);
    expect(await accounts.findByName('alice')).toMatchObject({ hasLocalPassword: false });
  });

  it('writes twice for an account that may not sign in from here', async () => {
    const fake = await startFake(version);
    const { jellyfin, apiKey } = fake;
    await editPolicy(fake, 'alice', { EnableAllDevices: false, EnabledDevices: ['tv'] });
    const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
    const outcome = await accounts.setPassword(jellyfin.user('alice').id, NEW);
    expect(outcome).toEqual({ kind: 'in-force', tries: 2 });
    expect(jellyfin.user('alice').password).toBe(NEW);
  });

  it('says that the key is refused, and keeps key and password out of the log', async () => {
    const { jellyfin } = await startFake(version);
    const lines = createLogLines();
    const accounts = connectAccounts({ url: jellyfin.url, apiKey: 'not-a-key-1234', log: lines.log });
    const outcome = await accounts.setPassword(jellyfin.user('alice').id, NEW);
    expect(outcome).toMatchObject({ kind: 'refused', detail: expect.stringContaining('jellyfin.apiKey') });
    await expect(accounts.findByName('alice')).rejects.toThrow(/refuses the API key/);
    expect(JSON.stringify(outcome) + lines.text()).not.toMatch(/not-a-key-1234|q7!zk2wv/);
    expect(jellyfin.user('alice').password).toBe('alice-pw-1');
  });
});

it('with the access token of an administrator, as 10.8 needs it, his own reset ends all of his sessions but that one', async () => {
  const { jellyfin, caller } = await startFake('10.8.13');
  const { token: apiKey } = await caller.signIn('admin', 'admin-pw-1', 'gatehouse');
  const phone = await caller.signIn('admin', 'admin-pw-1', 'phone');
  const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry });
  const door = await signInMeanwhile('admin', { jellyfin, caller, accounts, password: NEW });
  expect(door.token).not.toBe('');
  expect(jellyfin.user('admin').tokens).toEqual([apiKey]);
  expect((await caller.call('GET', '/Users/Me', phone.token)).status).toBe(401);
  expect(await accounts.setPassword(jellyfin.user('alice').id, NEW)).toMatchObject({ kind: 'in-force' });
});

it('what Jellyfin leaves of the sessions stays where the configuration says so', async () => {
  const { jellyfin, caller, apiKey } = await startFake('10.10.7');
  const accounts = connectAccounts({ url: jellyfin.url, apiKey, wait: hurry, endsSessions: false });
  const phone = await caller.signIn('alice', 'alice-pw-1', 'phone');
  const door = await signInMeanwhile('alice', { jellyfin, caller, accounts, password: NEW });
  expect(jellyfin.user('alice').tokens).toEqual([door.token]);
  expect((await caller.call('GET', '/Users/Me', phone.token)).status).toBe(401);
});

it('setting a password on Jellyfin 10.8.13 by an API key is refused with what to do, and locks nobody', async () => {
  const fake = await startFake('10.8.13');
  await editPolicy(fake, 'alice', { LoginAttemptsBeforeLockout: 1 });
  const accounts = connectAccounts({ url: fake.jellyfin.url, wait: hurry });
  const outcome = await accounts.setPassword(fake.jellyfin.user('alice').id, NEW);
  expect(outcome).toMatchObject({ kind: 'refused', detail: expect.stringContaining('10.8') });
  expect(fake.jellyfin.user('alice')).toMatchObject({ password: 'alice-pw-1', isDisabled: false });
  expect(fake.jellyfin.user('alice').failedLogins).toBe(0);
});
