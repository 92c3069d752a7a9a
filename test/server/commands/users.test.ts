import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createFakeJellyfin, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { editPolicy } from '../../support/jellyfin/edit-policy.ts';
import { TEST_API_KEY } from '../../support/jellyfin/jellyfin-accounts.ts';
import { createJellyfinCaller } from '../../support/jellyfin/jellyfin-caller.ts';
import { makeCommandFolder } from '../../support/program/command-folder.ts';

const LDAP = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';

async function setUp(version: JellyfinVersion) {
  const jellyfin = await createFakeJellyfin({ version, apiKeys: [TEST_API_KEY], hashMs: 5 });
  onTestFinished(() => jellyfin.close());
  const caller = createJellyfinCaller(jellyfin.url);
  const { run } = await makeCommandFolder(`url: ${jellyfin.url}, apiKey: ${TEST_API_KEY}`);
  const edit = (name: string, fields: Record<string, unknown>) =>
    editPolicy({ jellyfin, caller }, name, fields);
  /** Wrong passwords, as many as lock on every version that locks. */
  async function lock(name: string): Promise<boolean> {
    await edit(name, { LoginAttemptsBeforeLockout: 3 });
    for (let n = 0; n < 4; n += 1) await caller.signIn(name, 'wrong', `door-${n}`);
    return jellyfin.user(name).isDisabled;
  }
  const users = (...args: string[]) => run('users', ...args);
  return { jellyfin, caller, edit, lock, users, run };
}

describe('gatehouse users', { timeout: 120_000 }, () => {
  test.each(['10.8.13', '10.11.11', '12.0'] as const)(
    'unlocks who was locked, and only them, on Jellyfin %s',
    async (version) => {
      const { jellyfin, caller, edit, lock, users, run } = await setUp(version);
      const isLocked = await lock('alice');
      await edit('bob', { IsDisabled: true });
      const listed = await users('list');
      expect(listed.out).toMatch(
        isLocked ? /^alice\tlocked, hidden\tno contact\t/m : /^alice\topen, hidden\tno contact\t/m,
      );
      expect(listed.out).toMatch(/^bob\tdisabled, hidden\t/m);
      const unlocked = await users('unlock', 'ALI');
      expect(unlocked).toMatchObject({ code: 0, err: 'ALI: alice is meant\n' });
      expect(unlocked.out).toBe(
        isLocked
          ? 'alice is unlocked, and failed sign-ins count from 0 again\n'
          : 'alice was not locked; failed sign-ins count from 0 again\n',
      );
      expect((await caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
      const disabled = await users('unlock', 'bob');
      expect(disabled).toMatchObject({ code: 1, out: '' });
      expect(disabled.err).toContain('gatehouse users enable "bob"');
      expect(jellyfin.user('bob').isDisabled).toBe(true);
      if (isLocked)
        expect((await run('audit', '--user', 'alice', '--json')).out).toContain('"by":"command-line"');
    },
  );

  test('unlocks all that are locked', async () => {
    const { jellyfin, lock, edit, users } = await setUp('12.0');
    for (const name of ['alice', 'carol']) await lock(name);
    await edit('bob', { IsDisabled: true });
    expect(JSON.parse((await users('unlock', '--all-locked', '--json')).out)).toEqual(
      ['alice', 'carol'].map((userName) => ({
        ...{ userId: jellyfin.user(userName).id, userName, outcome: 'unlocked' },
      })),
    );
    expect(await users('unlock', '--all-locked')).toEqual({ code: 0, out: 'nobody is locked\n', err: '' });
    expect(jellyfin.user('bob').isDisabled).toBe(true);
    expect((await users('unlock', 'alice', '--all-locked')).code).toBe(64);
  });

  test('shows how each stands, as lines and as JSON', async () => {
    const { edit, users, run, caller } = await setUp('10.11.11');
    await edit('carol', { AuthenticationProviderId: LDAP, IsHidden: true });
    await edit('alice', { LoginAttemptsBeforeLockout: 5, IsHidden: false });
    await caller.signIn('alice', 'wrong');
    await run('contacts', 'set', 'alice', '--email', 'alice@example.org');
    const { out, err } = await users('list');
    expect(err).toMatch(/^name\tstate.*\n4 users, 0 locked, 0 disabled, 3 without a contact\n$/);
    expect(out).toMatch(/^admin\topen, .*administrator\tno contact\t/m);
    expect(out).toMatch(/^alice\topen\temail\t.*\t4$/m);
    expect(out).toMatch(/^carol\topen, elsewhere \(LDAP\), hidden\tno contact\t/m);
    const shown = await users('show', 'alice', '--json');
    expect(JSON.parse(shown.out)).toMatchObject({
      ...{ userName: 'alice', isLocked: false, failures: 1, triesLeft: 4 },
      contacts: [{ channel: 'email', address: 'a…@example.org' }],
    });
    expect((await users('show', 'alice')).out).toContain('\ntries left\t4\n');
    const unknown = await users('show', 'alicf');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.err).toContain('did you mean alice?');
  });

  test.each(['10.8.13', '12.0'] as const)(
    'disables, which signs out, and enables on Jellyfin %s',
    async (version) => {
      const { jellyfin, caller, users, run } = await setUp(version);
      const { token } = await caller.signIn('bob', 'bob-pw-1');
      expect(await users('disable', 'bob')).toEqual({ code: 0, out: 'bob is disabled\n', err: '' });
      expect(jellyfin.user('bob').isDisabled).toBe(true);
      expect((await caller.call('GET', '/Users/Me', token)).status).toBe(401);
      expect((await users('disable', 'bob')).out).toBe('bob was disabled already\n');
      expect(await users('enable', 'bob')).toEqual({ code: 0, out: 'bob is enabled\n', err: '' });
      expect((await caller.signIn('bob', 'bob-pw-1')).status).toBe(200);
      const admin = await users('disable', 'admin');
      expect(admin).toMatchObject({ code: 1, out: '' });
      expect(admin.err).toContain('admin is an administrator');
      const audited = (await run('audit', '--user', 'bob')).out;
      expect(audited).toMatch(/\taccount-disabled\tbob\t.*by=command-line/);
      expect(audited).toMatch(/\taccount-enabled\tbob\t.*by=command-line/);
    },
  );

  test('keeps a locked account closed for good when it is disabled', async () => {
    const { jellyfin, lock, users } = await setUp('12.0');
    expect(await lock('alice')).toBe(true);
    expect((await users('disable', 'alice')).out).toBe('alice is disabled\n');
    expect((await users('unlock', 'alice')).code).toBe(1);
    expect(jellyfin.user('alice').isDisabled).toBe(true);
  });

  test('signs a user out everywhere, and nobody else', async () => {
    const { caller, users, run } = await setUp('10.11.11');
    const [one, two] = [
      await caller.signIn('bob', 'bob-pw-1', 'a'),
      await caller.signIn('bob', 'bob-pw-1', 'b'),
    ];
    const other = await caller.signIn('alice', 'alice-pw-1', 'c');
    expect(await users('sign-out', 'bob')).toEqual({
      code: 0,
      out: 'bob is signed out everywhere\n',
      err: '',
    });
    for (const { token } of [one, two])
      expect((await caller.call('GET', '/Users/Me', token)).status).toBe(401);
    expect((await caller.call('GET', '/Users/Me', other.token)).status).toBe(200);
    expect((await run('audit', '--user', 'bob')).out).toMatch(/\taccount-signed-out\tbob\t.*by=command-line/);
  });

  test('says that it needs an API key, and which names could be meant', async () => {
    const jellyfin = await createFakeJellyfin({
      ...{ version: '12.0', apiKeys: [TEST_API_KEY] },
      users: ['Maria', 'Marius'].map((name) => ({ name, password: 'p', isHidden: false })),
    });
    onTestFinished(() => jellyfin.close());
    const { folder, run } = await makeCommandFolder(`url: ${jellyfin.url}, dataFolder: auto`);
    for (const command of ['unlock', 'enable', 'disable', 'sign-out']) {
      const ended = await run('users', command, 'Maria');
      expect(ended, command).toMatchObject({ code: 1, out: '' });
      expect(ended.err, command).toContain('jellyfin.apiKey');
    }
    expect((await run('users', 'list')).err).toContain('without jellyfin.apiKey');
    const config = `jellyfin: { url: ${jellyfin.url}, apiKey: ${TEST_API_KEY} }\nstorage: ./gatehouse.db\n`;
    await writeFile(join(folder, 'config.yaml'), config);
    const several = await run('users', 'unlock', 'mari');
    expect(several).toMatchObject({ code: 1, out: '' });
    expect(several.err).toContain('several users begin with "mari": Maria, Marius; write more of the name');
  });
});
