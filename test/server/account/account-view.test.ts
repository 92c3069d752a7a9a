import { describe, expect, it, vi } from 'vitest';
import { createAccountLimits } from '../../../server/account/account-limits.ts';
import { createAuditedContacts } from '../../../server/audit/auditing.ts';
import { AUDITED_EVENTS } from '../../../server/audit/events.ts';
import { SHOWN_EVENTS } from '../../../server/http/account-contract.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { addMail, startAccount } from '../../support/account/account-stage.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';

const NEXT = 'q7!zk2wv-9';

describe('a password that is changed in My Account', () => {
  it('needs the one before, keeps the rules of a reset, ends every session, and is told', async () => {
    const stage = await startAccount();
    const { fake, client, inbox } = stage;
    const [browser, other] = [stage.browser(), stage.browser()];
    await browser.signIn('alice');
    await addMail(stage, browser, 'alice', 'anna@example.org');
    const { token } = await client.login('alice', 'alice-pw-1', 'sofa');
    await other.call('token', { token });
    const change = (next: string, current = 'alice-pw-1') => browser.call('password', { current, next });
    expect((await change('short')).body).toMatchObject({ code: 'password-refused', faults: ['too-short'] });
    expect((await change('my-alice-9!')).body).toMatchObject({ faults: ['contains-name'] });
    expect((await change(NEXT, 'wrong')).code).toBe('password-wrong');
    expect((await change('half \ud800 a pair')).code).toBe('bad-body');
    const changed = await change(NEXT);
    expect(changed).toMatchObject({ status: 200, body: {} });
    expect(changed.setCookies[0]).toContain('Max-Age=0');
    expect(fake.user('alice').password).toBe(NEXT);
    expect(await client.isAlive(token)).toBe(false);
    expect((await other.call('view')).code).toBe('signed-out');
    expect((await inbox.waitFor(2)).at(-1)).toMatchObject({ to: 'anna@example.org' });
    expect((await stage.browser().signIn('alice', NEXT)).status).toBe(200);
    expect(stage.kept.text()).not.toContain(NEXT);
  });
});

describe('devices', () => {
  it('are those of the person, each can be signed out, and all', async () => {
    const { browser: open, client } = await startAccount();
    const tokens = {
      sofa: (await client.login('alice', 'alice-pw-1', 'sofa')).token,
      phone: (await client.login('alice', 'alice-pw-1', 'phone')).token,
      bobs: (await client.login('bob', 'bob-pw-1', 'bobs')).token,
    };
    const browser = open();
    await browser.signIn('alice');
    const namesIn = (devices: unknown) => (devices as { name: string }[]).map(({ name }) => name).sort();
    expect(namesIn((await browser.view()).devices)).toEqual(['phone', 'sofa']);
    await browser.call('devices/sign-out', { id: 'bobs-id' });
    expect(await client.isAlive(tokens.bobs)).toBe(true);
    const one = await browser.call('devices/sign-out', { id: 'sofa-id' });
    expect(namesIn(one.body['devices'])).toEqual(['phone']);
    expect(await client.isAlive(tokens.sofa)).toBe(false);
    const all = await browser.call('devices/sign-out');
    expect(all.body).toMatchObject({ devices: [] });
    expect(await client.isAlive(tokens.phone)).toBe(false);
    expect(await client.isAlive(tokens.bobs)).toBe(true);
    expect((await browser.call('language', { language: 'de' })).code).toBe('signed-out');
  });
});

describe('what the page shows', () => {
  it('tells of sign-ins that were held, roughly from where, and shows no whole address', async () => {
    const stage = await startAccount({ more: 'loginThrottle: { failures: 3, lan: true }' });
    const browser = stage.browser({ from: '192.168.1.20' });
    for (let n = 0; n < 4; n += 1) await stage.browser({ from: '2001:db8:77:1::5' }).signIn('alice', 'wrong');
    await browser.signIn('alice');
    const seen = await vi.waitFor(async () => {
      const { events } = await browser.view();
      expect(events.map(({ event }) => event)).toEqual(
        expect.arrayContaining(['login-held', 'account-signed-in']),
      );
      return events;
    });
    expect(seen.find(({ event }) => event === 'login-held')).toMatchObject({ from: '2001:db8:77::/48' });
    expect(seen.find(({ event }) => event === 'account-signed-in')).toMatchObject({ from: 'home' });
    expect(JSON.stringify(seen)).not.toContain('192.168.1.20');
  });

  it('says of what an administrator did that it was one, and of a first contact that it was added', async () => {
    const stage = await startAccount();
    const { id: userId } = stage.fake.user('alice');
    const byHand = createAuditedContacts(stage.storage.contacts, stage.kept.log, 'command-line');
    const contact = { userId, userName: 'alice', channel: 'email', address: 'first@example.org' };
    await byHand.set(contact);
    await byHand.set({ ...contact, address: 'second@example.org' });
    const browser = stage.browser();
    await browser.signIn('alice');
    const events = await vi.waitFor(async () => {
      const seen = (await browser.view()).events;
      expect(seen.map(({ event }) => event).toSorted()).toEqual([
        'account-signed-in',
        'contact-added',
        'contact-changed',
      ]);
      return seen;
    });
    for (const { event, isByAdministrator } of events)
      expect(isByAdministrator, event).toBe(event === 'account-signed-in' ? undefined : true);
  });

  it('refuses a language that is no tag', async () => {
    const { browser: open } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    expect((await browser.call('language', { language: 'pt-br' })).body).toMatchObject({ language: 'pt-BR' });
    expect((await browser.call('language', { language: '<b>' })).code).toBe('bad-body');
    const none = await browser.call('language', { language: null });
    expect(none.body).not.toHaveProperty('language');
  });
});

it('the reminder is for people whom no message would surely reach, and tells an address that waits to be confirmed', async () => {
  const stage = await startAccount();
  const { token } = await stage.client.login('alice', 'alice-pw-1');
  const browser = stage.browser();
  const ask = async (given: string) => (await browser.call('reminder', { token: given })).body;
  expect(await ask(token)).toEqual({ isWanted: true, isUnconfirmed: false });
  expect(await ask('c'.repeat(32))).toEqual({ isWanted: false, isUnconfirmed: false });
  const { id: userId } = stage.fake.user('alice');
  const contact = { userId, userName: 'alice', channel: 'email', address: 'anna@example.org' };
  await stage.storage.contacts.set(contact);
  expect(await ask(token)).toEqual({ isWanted: true, isUnconfirmed: true });
  await stage.storage.contacts.set(contact, stage.clock.now(), { state: 'verified' });
  expect(await ask(token)).toEqual({ isWanted: false, isUnconfirmed: false });
  const id = (await stage.storage.contacts.ofUser(userId))[0]?.id ?? '';
  await stage.storage.contacts.refuse(id);
  expect(await ask(token)).toEqual({ isWanted: true, isUnconfirmed: false });
});

describe('without an API key', () => {
  it('people sign in, add contacts and see their own devices; nobody signs a device out', async () => {
    const stage = await startAccount({
      jellyfin: 'dataFolder: auto',
      users: [{ name: 'alice', password: 'alice-pw-1' }],
    });
    const { token } = await stage.client.login('alice', 'alice-pw-1', 'sofa');
    const browser = stage.browser();
    await browser.call('token', { token });
    expect((await addMail(stage, browser, 'alice', 'anna@example.org')).status).toBe(200);
    const view = await browser.view();
    expect(view).toMatchObject({ userName: 'alice', contacts: [{ state: 'verified' }] });
    expect(view.devices?.map(({ name }) => name)).toContain('sofa');
    expect((await browser.call('devices/sign-out')).code).toBe('account-unavailable');
    expect(await stage.storage.contacts.ofUserName('alice')).toHaveLength(1);
  });

  it('a contact that was put in under a name is the one that the person finds', async () => {
    const stage = await startAccount({
      jellyfin: 'dataFolder: auto',
      users: [{ name: 'alice', password: 'alice-pw-1' }],
    });
    const { ownUserId } = await import('../../../server/jellyfin/own-user-id.ts');
    const contact = {
      userId: ownUserId('alice'),
      userName: 'alice',
      channel: 'email',
      address: 'old@example.org',
    };
    await stage.storage.contacts.set(contact);
    const browser = stage.browser();
    await browser.signIn('alice');
    expect((await browser.view()).contacts).toMatchObject([
      { address: 'o…@example.org', state: 'unverified' },
    ]);
  });
});

it('limits keep no address, and say how long to wait', async () => {
  const clock = createSettableClock();
  const store = createMemoryLimits();
  const keys: string[] = [];
  const limits = createAccountLimits(
    {
      ...store,
      take(key, ...rest) {
        keys.push(key);
        return store.take(key, ...rest);
      },
    },
    clock,
  );
  for (let n = 0; n < 5; n += 1) await limits.take('codesOfAddress', 'email anna@example.org');
  await expect(limits.take('codesOfAddress', 'email anna@example.org')).rejects.toMatchObject({
    waitSeconds: 3600,
  });
  expect(keys.join()).not.toContain('anna');
});

it('every event that is shown is one that is kept', () => {
  expect(Object.keys(AUDITED_EVENTS)).toEqual(expect.arrayContaining([...SHOWN_EVENTS]));
});
