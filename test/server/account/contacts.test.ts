import { describe, expect, it } from 'vitest';
import { addMail, codeIn, startAccount, tokenOf } from '../../support/account/account-stage.ts';
import { WAYS } from '../../support/program/split-listener.ts';

const PASSWORD = 'alice-pw-1';
const mail = (address: string, password = PASSWORD) => ({ channel: 'email', address, password });

describe.each(WAYS)('a contact in My Account, $way,', ({ isSplit }) => {
  it('is proved by the code that was sent there, changed with a notice to the one before, and taken back by its link', async () => {
    const stage = await startAccount({ isSplit });
    const { browser: open, inbox, storage, fake, client, kept } = stage;
    const browser = open();
    await browser.signIn('alice');
    const added = await addMail(stage, browser, 'alice', 'anna@example.org');
    expect(added.body).toMatchObject({
      contacts: [{ channel: 'email', address: 'a…@example.org', state: 'verified' }],
    });
    await addMail(stage, browser, 'alice', 'thief@example.net');
    const notice = (await inbox.waitFor(3)).find(
      ({ to, text }) => to === 'anna@example.org' && text.includes('/undo#'),
    );
    const token = tokenOf('undo', notice?.text);
    const { token: sofa } = await client.login('alice', PASSWORD, 'sofa');
    const other = open({ from: '198.51.100.2' });

    expect((await other.call('undo/look', { token })).body).toEqual({
      serverName: 'Test Server',
      userName: 'alice',
      channel: 'email',
    });
    expect((await other.call('undo', { token })).body).toMatchObject({
      by: 'account',
      isJellyfinSignedOut: true,
    });
    const { id } = fake.user('alice');
    expect(await storage.contacts.ofUser(id)).toMatchObject([
      { channel: 'email', address: 'anna@example.org', state: 'verified' },
    ]);
    expect((await browser.call('view')).code).toBe('signed-out');
    expect(await client.isAlive(sofa)).toBe(false);
    expect((await other.call('undo', { token })).code).toBe('link-used');

    await browser.signIn('alice');
    expect((await browser.call('contacts/begin', mail('Thief@example.net'))).code).toBe('address-refused');
    expect((await browser.view()).events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['contact-added', 'contact-changed', 'contact-undone']),
    );
    expect(kept.text()).not.toMatch(/anna@example|thief@example/);
    expect(kept.text()).not.toContain(token);
  });

  it('is removed with the password, and comes back by the link that the address gets', async () => {
    const stage = await startAccount({ isSplit });
    const { inbox, storage, fake } = stage;
    const browser = stage.browser();
    await browser.signIn('alice');
    await addMail(stage, browser, 'alice', 'anna@example.org');
    expect((await browser.call('contacts/remove', { channel: 'email', password: 'wrong' })).code).toBe(
      'password-wrong',
    );
    const removed = await browser.call('contacts/remove', { channel: 'email', password: PASSWORD });
    // At once: a list of events that is a step behind says that nothing happened.
    expect(removed.body).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ event: 'contact-removed' })]),
    });
    expect(removed.body).toMatchObject({ contacts: [] });
    const token = tokenOf('undo', (await inbox.waitFor(2)).at(-1)?.text);
    expect((await stage.browser().call('undo', { token })).status).toBe(200);
    expect(await storage.contacts.ofUser(fake.user('alice').id)).toMatchObject([
      { address: 'anna@example.org' },
    ]);
  });
});

it('an address that an administrator set and nobody proved is confirmed by a code to it, without naming it', async () => {
  const stage = await startAccount();
  const { inbox, storage, fake } = stage;
  const userId = fake.user('alice').id;
  const browser = stage.browser();
  await browser.signIn('alice');
  const begin = () => browser.call('contacts/begin', { channel: 'email', password: PASSWORD });
  expect(await begin()).toMatchObject({ code: 'address-refused' });
  await storage.contacts.set({ userId, userName: 'alice', channel: 'email', address: 'anna@example.org' });
  expect(await begin()).toMatchObject({ status: 200, body: { kind: 'code-sent' } });
  const [message] = await inbox.waitFor(1);
  expect(message?.to).toBe('anna@example.org');
  const code = codeIn(message?.text);
  expect(await browser.call('contacts/confirm', { channel: 'email', code })).toMatchObject({
    body: { contacts: [{ channel: 'email', state: 'verified' }] },
  });
  // One that is confirmed is not sent codes by leaving the address out.
  expect(await begin()).toMatchObject({ code: 'address-refused' });
});

describe('a change of a contact', () => {
  it('can be taken back for 24 hours, by a link that is good for nothing else', async () => {
    const stage = await startAccount();
    const { inbox, clock } = stage;
    const browser = stage.browser();
    await browser.signIn('alice');
    await addMail(stage, browser, 'alice', 'anna@example.org');
    await browser.call('contacts/remove', { channel: 'email', password: PASSWORD });
    const token = tokenOf('undo', (await inbox.waitFor(2)).at(-1)?.text);
    expect((await browser.call('invitation/look', { token })).code).toBe('link-unknown');
    clock.advance(24 * 60 * 60_000);
    expect((await browser.call('undo', { token })).code).toBe('link-expired');
  });

  it('that follows another is taken back with it: the thief’s own link brings nothing back', async () => {
    const stage = await startAccount();
    const { inbox, storage, fake } = stage;
    const browser = stage.browser();
    await browser.signIn('alice');
    const linkTo = async (address: string, count: number): Promise<string> => {
      const all = await inbox.waitFor(count);
      return tokenOf('undo', all.find(({ to, text }) => to === address && text.includes('/undo#'))?.text);
    };
    await addMail(stage, browser, 'alice', 'anna@example.org');
    await addMail(stage, browser, 'alice', 'thief@example.net');
    const annas = await linkTo('anna@example.org', 3);
    await addMail(stage, browser, 'alice', 'thief2@example.net');
    const thiefs = await linkTo('thief@example.net', 5);
    await stage.browser().call('undo', { token: annas });
    expect((await stage.browser().call('undo', { token: thiefs })).code).toBe('link-used');
    expect(await storage.contacts.ofUser(fake.user('alice').id)).toMatchObject([
      { address: 'anna@example.org' },
    ]);
    await browser.signIn('alice');
    expect((await browser.call('contacts/begin', mail('thief2@example.net'))).code).toBe('address-refused');
  });

  it('of a channel that is new is told to the contacts there are', async () => {
    const stage = await startAccount();
    const browser = stage.browser();
    await browser.signIn('alice');
    await addMail(stage, browser, 'alice', 'anna@example.org');
    const { body } = await browser.call('contacts/begin', { channel: 'chat', password: PASSWORD });
    expect((await browser.view()).awaited).toEqual(['chat']);
    await stage.write({ address: '4711', text: `/start ${String(body['code'])}` });
    const told = (await stage.inbox.waitFor(2)).at(-1);
    expect(told).toMatchObject({ to: 'anna@example.org' });
    expect(told?.text).not.toContain('#');
    expect(await browser.view()).toMatchObject({
      awaited: [],
      contacts: [{ channel: 'chat' }, { channel: 'email' }],
    });
    const ordered = await browser.call('contacts/order', { channels: ['email', 'chat'] });
    expect(ordered.body).toMatchObject({ contacts: [{ channel: 'email' }, { channel: 'chat' }] });
  });
});

describe('a code', () => {
  it('is dead after five wrong ones, and after ten minutes', async () => {
    const stage = await startAccount();
    const { inbox, clock } = stage;
    const browser = stage.browser();
    await browser.signIn('alice');
    const confirm = async (code: string) =>
      (await browser.call('contacts/confirm', { channel: 'email', code })).code;
    await browser.call('contacts/begin', mail('anna@example.org'));
    const right = codeIn((await inbox.waitFor(1))[0]?.text);
    const codes = [];
    for (let n = 0; n < 5; n += 1) codes.push(await confirm('0000-0000'));
    expect(codes).toEqual([...Array<string>(4).fill('code-wrong'), 'code-expired']);
    expect(await confirm(right)).toBe('code-expired');
    await browser.call('contacts/begin', mail('anna@example.org'));
    const next = codeIn((await inbox.waitFor(2))[1]?.text);
    clock.advance(10 * 60_000);
    expect(await confirm(next)).toBe('code-expired');
    expect((await browser.view()).contacts).toEqual([]);
  });

  it('is taken as people type it, by whoever asked for it and by nobody else', async () => {
    const stage = await startAccount();
    const [alice, bob] = [stage.browser(), stage.browser()];
    await alice.signIn('alice');
    await bob.signIn('bob');
    await alice.call('contacts/begin', mail('anna@example.org'));
    const code = codeIn((await stage.inbox.waitFor(1))[0]?.text);
    expect((await bob.call('contacts/confirm', { channel: 'email', code })).code).toBe('code-expired');
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
    expect((await alice.call('contacts/confirm', { channel: 'email', code: typed })).status).toBe(200);
  });

  it('is sent five times an hour for an account, and five times to an address', async () => {
    const { browser: open, inbox } = await startAccount();
    const [alice, bob] = [open(), open({ from: '198.51.100.3' })];
    await alice.signIn('alice');
    await bob.signIn('bob');
    const codes = [];
    for (let n = 0; n < 6; n += 1)
      codes.push((await alice.call('contacts/begin', mail('anna@example.org'))).code);
    expect(codes).toEqual([...Array<undefined>(5).fill(undefined), 'too-many-requests']);
    expect((await bob.call('contacts/begin', mail('anna@example.org', 'bob-pw-1'))).code).toBe(
      'too-many-requests',
    );
    expect((await bob.call('contacts/begin', mail('bob@example.org', 'bob-pw-1'))).status).toBe(200);
    expect(inbox.messages).toHaveLength(6);
  });

  it('that cannot be sent is said so: a wrong address, and a mail server that is away', async () => {
    const { browser: open, inbox, kept } = await startAccount();
    const browser = open();
    await browser.signIn('alice');
    expect((await browser.call('contacts/begin', mail('no address'))).code).toBe('address-refused');
    expect((await browser.call('contacts/begin', { ...mail('a@b.example'), channel: 'nothing' })).code).toBe(
      'address-refused',
    );
    inbox.refuse('permanent');
    expect((await browser.call('contacts/begin', mail('anna@example.org'))).code).toBe('address-refused');
    inbox.refuse('temporary');
    expect((await browser.call('contacts/begin', mail('anna@example.org'))).code).toBe('unavailable');
    expect(kept.text()).not.toContain('anna@example.org');
  });
});

it('two people of a family may share an address, and each change is their own', async () => {
  const stage = await startAccount();
  for (const name of ['alice', 'bob']) {
    const browser = stage.browser();
    await browser.signIn(name);
    expect((await addMail(stage, browser, name, 'family@example.org')).status).toBe(200);
  }
  expect(await stage.storage.contacts.ofAddress('family@example.org')).toHaveLength(2);
});
