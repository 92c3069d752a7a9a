import { describe, expect, it } from 'vitest';
import { MOST_LIVE_SECRETS } from '../../../../server/outbox/write-message.ts';
import { type AdminApp, startAdminApp } from '../../../support/reset/admin-app.ts';

const NUMBER = '+4912345';
const LDAP = 'Jellyfin.Plugin.LDAP_Auth.LdapAuthenticationProviderPlugin';

async function setPager({ storage, id }: AdminApp, name: string, address = NUMBER): Promise<void> {
  await storage.contacts.set({ userId: id(name), userName: name, channel: 'pager', address });
}

async function lock({ edit, caller }: AdminApp, name: string): Promise<void> {
  await edit(name, { LoginAttemptsBeforeLockout: 3 });
  for (let n = 0; n < 3; n += 1) await caller.signIn(name, 'wrong', `door-${n}`);
}

describe('people', () => {
  it('are listed by name, with contacts shortened and how they stand', async () => {
    const app = await startAdminApp();
    await setPager(app, 'alice');
    await lock(app, 'bob');
    await app.edit('carol', { IsDisabled: true, IsHidden: true, AuthenticationProviderId: LDAP });
    const { people, matching, next, isComplete } = await app.call('people/list');
    expect(people.map(({ userName }) => userName)).toEqual(['admin', 'alice', 'bob', 'carol']);
    expect([matching, next, isComplete]).toEqual([4, undefined, true]);
    const [admin, alice, bob, carol] = people;
    expect(admin?.standing).toMatchObject({ isAdministrator: true });
    expect(alice).toMatchObject({
      userId: app.id('alice'),
      contacts: [{ channel: 'pager', address: '…45', state: 'unverified' }],
    });
    expect(bob?.standing).toMatchObject({ isLocked: true, isDisabled: false, triesLeft: 0 });
    expect(carol?.standing).toMatchObject({
      isLocked: false,
      isDisabled: true,
      isHidden: true,
      elsewhere: LDAP,
    });
    expect(JSON.stringify(people)).not.toContain(NUMBER);
  });

  it('are found by a part of the name, letter case aside, and come in pages', async () => {
    const app = await startAdminApp();
    const found = await app.call('people/list', { name: 'A', start: 1, limit: 1 });
    expect(found).toMatchObject({ matching: 3, next: 2, people: [{ userName: 'alice' }] });
    expect(await app.call('people/list', { name: 'A', start: 2, limit: 1 })).toMatchObject({
      people: [{ userName: 'carol' }],
    });
    expect((await app.call('people/list', { name: 'A', start: 2 })).next).toBeUndefined();
    expect(await app.call('people/list', { name: 'nobody' })).toMatchObject({ matching: 0, people: [] });
  });

  it('are found by whether a message reaches them', async () => {
    const app = await startAdminApp();
    for (const name of ['alice', 'bob', 'carol']) await setPager(app, name);
    const idOf = async (name: string) => (await app.storage.contacts.ofUser(app.id(name)))[0]?.id ?? '';
    await app.storage.contacts.verify(await idOf('alice'), app.clock.now());
    await app.storage.contacts.refuse(await idOf('bob'));
    const names = async (contacts: string) =>
      (await app.call('people/list', { contacts })).people.map(({ userName }) => userName);
    expect(await names('reachable')).toEqual(['alice', 'carol']);
    expect(await names('unreachable')).toEqual(['admin', 'bob']);
    expect(await names('unverified')).toEqual(['carol']);
  });

  it('cannot be listed while Jellyfin is away, nor with a key it refuses', async () => {
    const app = await startAdminApp();
    await app.jellyfin.setPhase('setup');
    expect(await app.refused('people/list')).toBe('503 jellyfin-unreachable');
    const { refused } = await startAdminApp({ reset: { apiKey: 'f'.repeat(32) } });
    expect(await refused('people/list')).toBe('503 api-key-refused');
  });
});

describe('a reset', () => {
  it('is sent to the first contact that takes messages, and waits in the outbox', async () => {
    const app = await startAdminApp();
    await setPager(app, 'alice');
    const sent = await app.call('resets/send', { user: 'ALICE' });
    expect(sent).toEqual({ userId: app.id('alice'), userName: 'alice', channel: 'pager', address: '…45' });
    expect(app.woken()).toBe(1);
    const [row] = await app.storage.outbox.claim('pager', 'one', app.clock.now(), 1_000, 1);
    expect(row).toMatchObject({ kind: 'reset-link', userId: app.id('alice'), language: 'en' });
  });

  it('is in the language that the person chose', async () => {
    const app = await startAdminApp();
    await setPager(app, 'alice');
    await app.storage.preferences.set(app.id('alice'), { language: 'de' });
    await app.call('resets/send', { user: 'alice' });
    const [row] = await app.storage.outbox.claim('pager', 'one', app.clock.now(), 1_000, 1);
    expect(row).toMatchObject({ language: 'de' });
  });

  it('goes to nobody whom no message reaches', async () => {
    const app = await startAdminApp();
    expect(await app.refused('resets/send', { user: 'alice' })).toBe('409 no-contact');
    await setPager(app, 'alice');
    const [contact] = await app.storage.contacts.ofUser(app.id('alice'));
    await app.storage.contacts.refuse(contact?.id ?? '');
    expect(await app.refused('resets/send', { user: 'alice' })).toBe('409 no-contact');
    expect(await app.refused('resets/send', { user: 'alicia' })).toBe('404 user-unknown');
    expect(await app.storage.outbox.countOpen()).toEqual({ waiting: 0, dead: 0 });
  });

  it('goes to no contact that nobody proved, where the configuration wants that first', async () => {
    const contacts = { unverified: 'confirm-first', delivery: 'first-that-works' } as const;
    const app = await startAdminApp({ reset: { contacts } });
    await setPager(app, 'alice');
    expect(await app.refused('resets/send', { user: 'alice' })).toBe('409 no-contact');
    await app.call('contacts/verify', { user: 'alice', channel: 'pager' });
    await app.call('resets/send', { user: 'alice' });
  });

  it('is neither sent nor linked for an account that cannot have one', async () => {
    const app = await startAdminApp({ reset: { administrators: 'never' } });
    await app.edit('alice', { IsDisabled: true });
    await app.edit('bob', { AuthenticationProviderId: LDAP });
    for (const user of ['alice', 'bob', 'admin']) {
      await setPager(app, user);
      expect(await app.refused('resets/send', { user }), user).toBe('409 account-unavailable');
      expect(await app.refused('resets/link', { user }), user).toBe('409 account-unavailable');
      expect(await app.storage.links.countLive(app.id(user), app.clock.now()), user).toBe(0);
    }
  });

  it('of an administrator who needs a second channel goes to the first of two verified contacts, or to nobody', async () => {
    const app = await startAdminApp({ reset: { administrators: 'second-channel' } });
    await setPager(app, 'admin');
    await setPager(app, 'alice');
    await app.call('contacts/verify', { user: 'admin', channel: 'pager' });
    expect(await app.refused('resets/send', { user: 'admin' })).toBe('409 no-second-channel');
    await app.call('resets/send', { user: 'alice' });
    // What is handed over needs no code, and so no second channel.
    expect((await app.call('resets/link', { user: 'admin' })).url).toContain('/gatehouse/reset#');
  });

  it('that was linked is answered once, works, and is kept as a hash only', async () => {
    const app = await startAdminApp();
    const made = await app.call('resets/link', { user: app.id('alice') });
    expect(made.url).toMatch(/^https:\/\/media\.example\.org\/gatehouse\/reset#[A-Za-z0-9_-]{43}$/);
    expect(made.expiresAt).toBe(app.clock.now() + 30 * 60_000);
    expect(await app.storage.links.countLive(app.id('alice'), app.clock.now())).toBe(1);
    await app.audited();
    const kept = JSON.stringify(await app.storage.audit.list({ limit: 99 })) + app.lines.text();
    expect(kept).not.toContain(made.url.slice(-43));
  });

  it('is not sent beyond the links an account may have', async () => {
    const app = await startAdminApp();
    await setPager(app, 'alice');
    const secret = { userId: app.id('alice'), userName: 'alice', expiresAt: app.clock.now() + 1_000 };
    for (let n = 1; n <= MOST_LIVE_SECRETS; n += 1)
      await app.storage.links.add({ ...secret, tokenHash: `${n}`, outboxId: n });
    expect(await app.refused('resets/send', { user: 'alice' })).toBe('409 too-many-links');
    app.clock.advance(1_000);
    await app.call('resets/send', { user: 'alice' });
  });
});

describe('an account', () => {
  it('that failed sign-ins locked is opened, and the person can sign in', async () => {
    const app = await startAdminApp();
    await lock(app, 'alice');
    expect((await app.caller.signIn('alice', 'alice-pw-1')).status).not.toBe(200);
    expect(await app.call('accounts/unlock', { user: 'alice' })).toEqual({ outcome: 'unlocked' });
    expect((await app.caller.signIn('alice', 'alice-pw-1')).status).toBe(200);
    expect(await app.audited()).toEqual(['account-unlocked', 'admin-unlocked']);
  });

  it('that an administrator disabled stays closed', async () => {
    const app = await startAdminApp();
    await app.edit('alice', { IsDisabled: true });
    expect(await app.call('accounts/unlock', { user: 'alice' })).toEqual({ outcome: 'disabled' });
    expect(app.jellyfin.user('alice').isDisabled).toBe(true);
    expect(await app.call('accounts/unlock', { user: 'bob' })).toEqual({ outcome: 'open' });
    expect(await app.refused('accounts/unlock', { user: 'zoe' })).toBe('404 user-unknown');
  });
});

describe('an invitation', () => {
  it('is answered once with its link', async () => {
    const app = await startAdminApp();
    expect(await app.call('invitations/make', { user: 'Alice' })).toEqual({
      userId: app.id('alice'),
      userName: 'alice',
      url: `https://media.example.org/invitation#${app.id('alice')}`,
      expiresAt: app.clock.now() + 1_000,
    });
    expect(await app.refused('invitations/make', { user: 'zoe' })).toBe('404 user-unknown');
    await app.edit('alice', { IsDisabled: true });
    expect(await app.refused('invitations/make', { user: 'alice' })).toBe('409 account-unavailable');
  });
});

describe('without an API key', () => {
  it('people of the login screen are listed without their standing, and calls that need the key say so', async () => {
    const app = await startAdminApp({ hasKey: false });
    const { people, isComplete } = await app.call('people/list');
    expect(isComplete).toBe(false);
    expect(people.map(({ standing }) => standing)).toEqual(people.map(() => undefined));
    expect(await app.call('whoami')).toMatchObject({ hasApiKey: false });
    expect(await app.refused('accounts/unlock', { user: 'alice' })).toBe('409 needs-api-key');
  });
});
