import { describe, expect, it } from 'vitest';
import { createAskToConfirm } from '../../../server/admin/ask-to-confirm.ts';
import { createPeople } from '../../../server/contacts/people.ts';
import { CONFIRM_MS } from '../../../server/ports/contact-changes.ts';
import { type AccountStage, startAccount, tokenOf } from '../../support/account/account-stage.ts';

const ADDRESS = 'alice.imported@example.org';

/** An administrator enters an address for alice, and has her asked; answers the token of the message. */
async function ask(stage: AccountStage, address = ADDRESS) {
  const { storage, clock, kept, inbox, fake } = stage;
  const alice = { id: fake.user('alice').id, name: 'alice' };
  await storage.contacts.set({ userId: alice.id, userName: 'alice', channel: 'email', address });
  const before = inbox.messages.length;
  const { added } = await createAskToConfirm({
    ...{ contacts: storage.contacts, campaigns: storage.campaigns, settings: storage.settings },
    ...{
      channels: ['email', 'chat'],
      languagesOf: async () => () => 'en',
      clock,
      log: kept.log,
      by: 'command-line',
    },
    ...{
      askForPeople: async () => createPeople([alice]),
      standings: undefined,
      administrators: 'allowed' as const,
    },
  }).start({ names: ['alice'] });
  expect(added).toBe(1);
  // It would get its turn by itself; a request wakes the outbox.
  await storage.campaigns.release('email', clock.now());
  await stage.composed.requestReset({
    enteredName: 'nobody',
    clientAddress: '192.0.2.9',
    acceptLanguage: 'en',
  });
  const mail = (await inbox.waitFor(before + 1)).at(-1);
  expect(mail).toMatchObject({ to: address });
  return tokenOf('confirm', mail?.text);
}

const contactOf = async ({ storage, fake }: AccountStage) =>
  (await storage.contacts.ofUser(fake.user('alice').id))[0];

describe('the message "is this you?"', { timeout: 60_000 }, () => {
  it('is answered with yes once, and the contact is verified by that', async () => {
    const stage = await startAccount();
    const token = await ask(stage);
    const browser = stage.browser();
    for (let opened = 0; opened < 3; opened += 1)
      expect((await browser.call('confirm/look', { token })).body).toEqual({
        ...{ serverName: 'Test Server', userName: 'alice', channel: 'email', address: 'a…@example.org' },
      });
    expect(await contactOf(stage)).toMatchObject({ state: 'unverified' });
    const answers = await Promise.all(
      [true, true, true].map((isMine) => browser.call('confirm', { token, isMine })),
    );
    expect(answers.map(({ status, code }) => code ?? status).toSorted()).toEqual([
      200,
      'link-used',
      'link-used',
    ]);
    expect(await contactOf(stage)).toMatchObject({ state: 'verified', address: ADDRESS });
    expect((await browser.call('confirm', { token, isMine: false })).code).toBe('link-used');
    expect(await contactOf(stage)).toMatchObject({ state: 'verified' });
    expect((await browser.call('view')).code).toBe('signed-out');
    expect(stage.kept.of('contact-verified')).toMatchObject([{ by: 'confirmation', userName: 'alice' }]);
    expect(stage.kept.text()).not.toContain(token);
    expect(stage.kept.text()).not.toContain(ADDRESS);
  });

  it('is answered with "this is not me": the contact is refused, blocked for that account, and audited', async () => {
    const stage = await startAccount();
    const token = await ask(stage);
    const { contactChanges } = stage.storage;
    const browser = stage.browser();
    expect((await browser.call('confirm', { token, isMine: false })).status).toBe(200);
    expect(await contactOf(stage)).toMatchObject({ state: 'refused' });
    const { id } = stage.fake.user('alice');
    expect(await contactChanges.disownedUntil(id, 'email', ADDRESS.toUpperCase())).toBeDefined();
    expect(await contactChanges.disownedUntil(stage.fake.user('bob').id, 'email', ADDRESS)).toBeUndefined();
    expect((await browser.call('confirm', { token, isMine: true })).code).toBe('link-used');
    expect(stage.kept.of('contact-disowned')).toMatchObject([{ userName: 'alice', from: 'a…@example.org' }]);
    expect(await stage.storage.campaigns.count(stage.clock.now())).toMatchObject({
      disowned: 1,
      confirmed: 0,
    });
  });

  it('is good for nothing once the address is another one, or was proved in another way', async () => {
    const stage = await startAccount();
    const browser = stage.browser();
    const about = { userId: stage.fake.user('alice').id, userName: 'alice', channel: 'email' };
    const first = await ask(stage);
    await stage.storage.contacts.set({ ...about, address: 'other@example.org' });
    expect((await browser.call('confirm/look', { token: first })).code).toBe('link-unknown');
    expect((await browser.call('confirm', { token: first, isMine: true })).code).toBe('link-unknown');
    expect(await contactOf(stage)).toMatchObject({ state: 'unverified', address: 'other@example.org' });
    stage.clock.advance(60 * 60_000);
    const second = await ask(stage, 'third@example.org');
    await stage.storage.contacts.set({ ...about, address: 'third@example.org' }, undefined, {
      state: 'verified',
    });
    expect((await browser.call('confirm', { token: second, isMine: false })).code).toBe('link-used');
    expect(await contactOf(stage)).toMatchObject({ state: 'verified' });
  });

  it('works for seven days, is no other link, and is refused when it never was', async () => {
    const stage = await startAccount();
    const browser = stage.browser();
    const token = await ask(stage);
    for (const path of ['undo', 'invitation/look'])
      expect((await browser.call(path, { token })).code).toBe('link-unknown');
    expect((await browser.call('confirm/look', { token: 'x'.repeat(43) })).code).toBe('link-unknown');
    stage.clock.advance(CONFIRM_MS);
    expect((await browser.call('confirm/look', { token })).code).toBe('link-expired');
    expect((await browser.call('confirm', { token, isMine: true })).code).toBe('link-expired');
    expect(await contactOf(stage)).toMatchObject({ state: 'unverified' });
  });
});
