import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SetPasswordOutcome } from '../../../../server/ports/accounts.ts';
import {
  createFakeJellyfin,
  type FakeJellyfin,
  type JellyfinVersion,
} from '../../../jellyfin/fake-jellyfin.ts';
import { connectFolderAccounts } from '../../../support/folder-accounts.ts';
import { TEST_API_KEY } from '../../../support/jellyfin-accounts.ts';
import { createJellyfinCaller, type JellyfinCaller } from '../../../support/jellyfin-caller.ts';
import { createLogLines, type LogLines } from '../../../support/log-lines.ts';

const NEW = 'q7!zk2wv';
/** Digits of a PIN with up to 63 dashes in each place. */
const RANDOM = /^-{0,63}(?:[\dA-F]-{0,63}){8}$/;

interface World {
  readonly jellyfin: FakeJellyfin;
  readonly caller: JellyfinCaller;
  readonly lines: LogLines;
  /** A new adapter, as after a restart. */
  setPassword(password?: string): Promise<SetPasswordOutcome>;
}

async function start(version: JellyfinVersion, { isHidden = true, limit = -1 } = {}): Promise<World> {
  const jellyfin = await createFakeJellyfin({
    version,
    apiKeys: [TEST_API_KEY],
    hashMs: 1,
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      { name: 'alice', password: 'alice-pw-1', isHidden, loginAttemptsBeforeLockout: limit },
      { name: 'bob', password: 'bob-pw-1' },
    ],
  });
  onTestFinished(() => jellyfin.close());
  const lines = createLogLines();
  const { id } = jellyfin.user('alice');
  return {
    ...{ jellyfin, lines, caller: createJellyfinCaller(jellyfin.url) },
    async setPassword(password = NEW) {
      // Nothing overlaps here, so there is nothing to wait for.
      const wait = async (): Promise<void> => {};
      const accounts = await connectFolderAccounts({ jellyfin, names: ['alice'], log: lines.log, wait });
      return accounts.setPassword(id, password);
    },
  };
}

/** Writes some fields of a policy, as an administrator does on the dashboard. */
async function editPolicy({ jellyfin, caller }: World, fields: Record<string, unknown>): Promise<void> {
  const path = `/Users/${jellyfin.user('alice').id}`;
  const { json } = await caller.call('GET', path, TEST_API_KEY);
  const { Policy } = json as { Policy: Record<string, unknown> };
  const { status } = await caller.call('POST', `${path}/Policy`, TEST_API_KEY, { ...Policy, ...fields });
  expect(status).toBe(204);
}

const pinFiles = async ({ jellyfin }: World): Promise<string[]> =>
  (await readdir(jellyfin.dataFolder)).filter((name) => name.startsWith('passwordreset'));

/** The contract runs on all five; these differ in what the rows below are about. */
const VERSIONS = ['10.8.13', '10.11.11', '12.0'] as const;

describe.each(VERSIONS)('setting a password over a PIN file of Jellyfin %s', (version) => {
  it('leaves no session of the person, no PIN file, and no trace of our own', async () => {
    const world = await start(version);
    const { jellyfin, caller, lines } = world;
    const phone = await caller.signIn('alice', 'alice-pw-1', 'phone');
    const others = await caller.signIn('bob', 'bob-pw-1', 'tv');
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
    expect(jellyfin.user('alice')).toMatchObject({ password: NEW, tokens: [], failedLogins: 0 });
    expect((await caller.call('GET', '/Users/Me', phone.token)).status).toBe(401);
    expect((await caller.call('GET', '/Users/Me', others.token)).status).toBe(200);
    for (const list of ['/Devices', '/Sessions']) {
      const { json } = await caller.call('GET', list, TEST_API_KEY);
      expect(JSON.stringify(json), list).not.toMatch(/gatehouse-[0-9a-f]{16}|"alice"/);
    }
    expect(await pinFiles(world)).toEqual([]);
    expect(lines.text()).toBe('');
  });

  it('makes a text the password in between that nobody can guess, and asks for one PIN', async () => {
    const world = await start(version);
    await world.setPassword();
    const bodies = world.jellyfin.journal.map((entry) => JSON.stringify(entry));
    const typed = bodies.filter((entry) => entry.includes('/Users/ForgotPassword/Pin'));
    expect(typed).toHaveLength(1);
    expect(/\\"Pin\\":\\"([^\\]+)/.exec(typed[0] ?? '')?.[1]).toMatch(RANDOM);
    expect(bodies.filter((entry) => /ForgotPassword"/.test(entry))).toHaveLength(1);
    expect(bodies.join('')).not.toMatch(/ResetPassword|X-Emby|api_key/i);
  });

  it('never takes an empty one', async () => {
    const world = await start(version);
    expect(await world.setPassword('')).toMatchObject({ kind: 'unreachable', isOldPasswordDead: true });
    expect(world.jellyfin.user('alice').password).toMatch(RANDOM);
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
  });

  it('says that an account is disabled, and that its old password is dead; once enabled, all is well', async () => {
    const world = await start(version);
    const { jellyfin, lines } = world;
    await editPolicy(world, { IsDisabled: true });
    const outcome = { kind: 'account-unavailable', reason: 'disabled', isOldPasswordDead: true };
    expect(await world.setPassword()).toEqual(outcome);
    expect(lines.events()).toEqual(['random-password-in-force']);
    const { password } = jellyfin.user('alice');
    expect(password).toMatch(RANDOM);
    expect(lines.text()).not.toContain(password);
    await editPolicy(world, { IsDisabled: false });
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
  });

  it('cannot open an account that wrong passwords locked, where they do, and works where they do not', async () => {
    const world = await start(version, { limit: 3 });
    for (let n = 0; n < 4; n += 1) await world.caller.signIn('alice', 'wrong', `door-${n}`);
    const isLocked = version !== '10.11.11';
    expect(world.jellyfin.user('alice').isDisabled).toBe(isLocked);
    expect(await world.setPassword()).toMatchObject(
      isLocked ? { kind: 'account-unavailable', reason: 'disabled' } : { kind: 'in-force' },
    );
    expect(world.jellyfin.user('alice').failedLogins).toBe(isLocked ? (version === '12.0' ? 4 : 3) : 0);
  });

  it.each([false, true])(
    'leaves an account alone whose password is kept elsewhere (hidden: %s)',
    async (isHidden) => {
      const world = await start(version, { isHidden, limit: 3 });
      const AuthenticationProviderId = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';
      await editPolicy(world, { AuthenticationProviderId });
      const outcome = await world.setPassword();
      const losesChanges = version === '10.11.11' || version === '12.0';
      // Where changes can be lost, one that Jellyfin never made looks the same from outside.
      const isSeen = !isHidden || !losesChanges;
      expect(outcome).toEqual(
        isSeen ? { kind: 'account-unavailable', reason: 'foreign-provider' } : { kind: 'not-kept', tries: 2 },
      );
      expect(world.jellyfin.user('alice')).toMatchObject({ password: 'alice-pw-1', isDisabled: false });
      expect(world.jellyfin.user('alice').failedLogins).toBe(isHidden ? (losesChanges ? 2 : 1) : 0);
    },
  );

  it('says that an account is gone that was deleted or renamed, and nothing happens', async () => {
    const world = await start(version);
    const { id } = world.jellyfin.user('alice');
    const accounts = await connectFolderAccounts({
      jellyfin: world.jellyfin,
      names: ['alice'],
      wait: async () => {},
    });
    expect((await world.caller.call('DELETE', `/Users/${id}`, TEST_API_KEY)).status).toBe(204);
    expect(await accounts.setPassword(id, NEW)).toEqual({ kind: 'account-unavailable', reason: 'gone' });
    expect(await pinFiles(world)).toEqual([]);
  });

  it.each([false, true])(
    'refuses one that may not change its own password (hidden: %s)',
    async (isHidden) => {
      const world = await start(version, { isHidden });
      await editPolicy(world, { EnableUserPreferenceAccess: false });
      const outcome = await world.setPassword();
      const detail = expect.stringMatching(/may not change its own password/);
      expect(outcome).toEqual({ kind: 'refused', detail, ...(isHidden ? { isOldPasswordDead: true } : {}) });
      expect(world.jellyfin.user('alice').password === 'alice-pw-1').toBe(!isHidden);
      expect(world.jellyfin.user('alice').tokens).toEqual([]);
    },
  );

  it('works for an account that may have one session only', async () => {
    const world = await start(version);
    await editPolicy(world, { MaxActiveSessions: 1 });
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
    expect((await world.caller.signIn('alice', NEW)).status).toBe(200);
  });

  it('works beside the old, the expired and the foreign files of others', async () => {
    const world = await start(version);
    const { dataFolder } = world.jellyfin;
    const file = (fields: object): string => JSON.stringify({ PinFile: '', ...fields });
    const old = { Pin: 'AA-AA-AA-AA', UserName: 'ALICE', ExpirationDate: '2020-01-01T00:00:00Z' };
    await writeFile(join(dataFolder, 'passwordreset-1.json'), file(old));
    await writeFile(join(dataFolder, 'passwordreset-2.txt'), file({ ...old, ExpirationDate: '2199-01-01' }));
    await writeFile(join(dataFolder, 'passwordreset-3.json'), file({ ...old, UserName: 'bob' }));
    await writeFile(join(dataFolder, 'passwordreset-4.json'), '{}');
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
    expect(world.jellyfin.user('bob').password).toBe('bob-pw-1');
  });

  it('has a broken file of somebody else written anew, and names one that it cannot mend', async () => {
    const world = await start(version);
    const { caller, jellyfin } = world;
    await caller.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'bob' });
    const [name = ''] = await pinFiles(world);
    // As 10.8 to 10.10 leave it now and then; before ours in the order of the folder on some systems only.
    const path = join(jellyfin.dataFolder, name);
    const text = `{"Pin":"AA-AA-AA-AA","UserName":"bob","PinFile":"${path}","ExpirationDate":"2199-06-19T15:49:27.5Z"}}`;
    await writeFile(path, text);
    expect(await world.setPassword()).toEqual({ kind: 'in-force', tries: 1 });
    await writeFile(join(jellyfin.dataFolder, 'passwordreset-.json'), 'null');
    const outcome = await world.setPassword('another-q7!zk');
    if (outcome.kind !== 'in-force')
      expect(outcome).toMatchObject({
        kind: 'refused',
        detail: expect.stringMatching(/passwordreset-\.json/),
      });
    expect(jellyfin.user('alice').password).toBe(outcome.kind === 'in-force' ? 'another-q7!zk' : NEW);
  });
});
