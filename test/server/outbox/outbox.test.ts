import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { openSecondOutbox, runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('Anna');
const MINUTE_MS = 60_000;

test('a request becomes one mail whose link is open for its account', async () => {
  const { ask, inbox, storage, clock, kept } = await runOutbox({ accounts: [anna] });
  await ask('aNNa');
  const [mail] = await inbox.waitFor(1);
  expect(mail).toMatchObject({ to: 'anna@example.org', subject: 'Choose a new password for Living Room' });
  const token = tokenIn(mail?.text);
  expect(mail?.html).toContain(`https://media.example.org/gatehouse/reset#${token}`);
  const open = { state: 'open', userId: anna.id, userName: 'Anna' };
  expect(await storage.links.look(hashToken(token), clock.now())).toEqual(open);
  await vi.waitFor(() => expect(kept.of('message-sent')).toHaveLength(1));
  expect(kept.of('message-sent')[0]).toMatchObject({
    recipient: 'a…@example.org',
    userId: anna.id,
    tries: 1,
  });
});

test('neither token nor whole address is in the log, nor the token or what was typed in the files', async () => {
  const { ask, inbox, storage, kept } = await runOutbox({ accounts: [anna] });
  await ask('anna');
  await ask('hunter2-typed-in-the-wrong-field');
  const [mail] = await inbox.waitFor(1);
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ waiting: 0 }));
  const token = tokenIn(mail?.text);
  for (const secret of [token, 'anna@example.org', 'hunter2']) expect(kept.text()).not.toContain(secret);
  await storage.close();
  const bytes = await readFile(storage.path);
  expect(bytes.includes('anna@example.org')).toBe(true);
  expect(bytes.includes(token)).toBe(false);
  expect(bytes.includes('hunter2')).toBe(false);
  expect(bytes.includes(hashToken(token))).toBe(true);
});

test('unknown people and those without a contact get nothing, and the log says why', async () => {
  const { ask, inbox, storage, kept } = await runOutbox({
    accounts: [account('alone'), account('boss', { isAdministrator: true })],
    withoutContact: ['alone'],
  });
  for (const name of ['nobody', 'alone', 'boss']) await ask(name);
  await inbox.waitFor(1);
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ dropped: 2, sent: 1 }));
  expect(inbox.messages.map((mail) => mail.to)).toEqual(['boss@example.org']);
  const reasons = kept.of('reset-unresolved').map((line) => line['reason']);
  expect(reasons.toSorted()).toEqual(['no-contact', 'unknown']);
  const alone = account('alone');
  const about = kept
    .of('reset-unresolved')
    .map(({ reason, userId, userName }) => ({ reason, userId, userName }));
  expect(about).toContainEqual({ reason: 'no-contact', userId: alone.id, userName: 'alone' });
  expect(about).toContainEqual({ reason: 'unknown', userId: undefined, userName: undefined });
  expect(kept.text()).not.toContain('nobody');
});

test.each(['form', 'account-page'] as const)(
  'from the %s an address reaches every account that has it, at most five',
  async (source) => {
    const family = Array.from({ length: 7 }, (_, i) => account(`kid${i}`));
    const { ask, inbox, storage } = await runOutbox({
      accounts: family,
      withoutContact: family.map((kid) => kid.name),
    });
    for (const kid of family) {
      await storage.contacts.set({
        userId: kid.id,
        userName: kid.name,
        channel: 'email',
        address: 'us@example.org',
      });
    }
    await ask(' US@Example.org ', source);
    await inbox.waitFor(5);
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ waiting: 0, sent: 5 }));
    expect(new Set(inbox.messages.map((mail) => /user “(\w+)”/.exec(mail.text)?.[1])).size).toBe(5);
  },
);

test('the form and the account page take both', async () => {
  const { ask, inbox } = await runOutbox({ accounts: [anna] });
  await ask('anna@example.org', 'form');
  await ask('anna', 'account-page');
  await ask('anna@example.org', 'account-page');
  await inbox.waitFor(3);
  expect(new Set(inbox.messages.map((mail) => mail.to))).toEqual(new Set(['anna@example.org']));
});

test('an account gets three messages an hour, and every one of their links stays good', async () => {
  const { ask, inbox, storage, clock, kept, skip } = await runOutbox({ accounts: [anna, account('ben')] });
  for (let i = 0; i < 10; i++) await ask('anna');
  await ask('ben');
  await vi.waitFor(async () => {
    const { waiting, done, dropped } = await storage.outbox.count();
    expect([waiting, done + dropped]).toEqual([0, 11]);
  });
  expect(inbox.messages.filter((mail) => mail.to === 'anna@example.org')).toHaveLength(3);
  expect(inbox.messages.filter((mail) => mail.to === 'ben@example.org')).toHaveLength(1);
  expect(kept.of('reset-limited')).toHaveLength(7);
  for (const mail of inbox.messages) {
    expect(await storage.links.look(hashToken(tokenIn(mail.text)), clock.now())).toMatchObject({
      state: 'open',
    });
  }
  skip(61 * MINUTE_MS);
  await ask('anna');
  await inbox.waitFor(5);
});

test('a notice goes to the address before too, when it was replaced a short time ago, and links never do', async () => {
  const { ask, inbox, storage, outbox } = await runOutbox({ accounts: [anna] });
  const replaced = {
    userId: anna.id,
    userName: 'anna',
    channel: 'email',
    address: 'thief@example.org',
  } as const;
  await storage.contacts.set(replaced);
  await outbox.passwordChanged(anna.id, 'anna', 'en');
  await inbox.waitFor(2);
  expect(inbox.messages.map(({ to }) => to).toSorted()).toEqual(['anna@example.org', 'thief@example.org']);
  await ask('anna');
  await inbox.waitFor(3);
  expect(inbox.messages[2]?.to).toBe('thief@example.org');
  expect(new Set(inbox.messages.map(({ messageId }) => messageId)).size).toBe(3);
});

test('removing an address before another is set does not keep the notice from it', async () => {
  const { inbox, storage, outbox } = await runOutbox({ accounts: [anna] });
  await storage.contacts.remove(anna.id);
  const thief = { userId: anna.id, userName: 'anna', channel: 'email', address: 'thief@example.org' };
  await storage.contacts.set(thief);
  await outbox.passwordChanged(anna.id, 'anna', 'en');
  await inbox.waitFor(2);
  expect(inbox.messages.map(({ to }) => to).toSorted()).toEqual(['anna@example.org', 'thief@example.org']);
});

test('a notice goes to the account, holds no link, and does not count as a message', async () => {
  const { ask, inbox, storage, outbox } = await runOutbox({
    accounts: [anna, account('alone')],
    withoutContact: ['alone'],
  });
  for (let i = 0; i < 4; i++) await outbox.passwordChanged(anna.id, 'Anna', 'de');
  await outbox.passwordChanged(account('alone').id, 'alone', 'de');
  await inbox.waitFor(4);
  expect(inbox.messages[0]).toMatchObject({
    to: 'anna@example.org',
    subject: 'Dein Passwort für Living Room wurde geändert',
  });
  expect(inbox.messages[0]?.text).not.toMatch(/https?:/);
  await ask('anna');
  await inbox.waitFor(5);
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 5, dropped: 1 }));
});

test('a notice that cannot be kept is logged, and nothing is thrown', async () => {
  const { storage, outbox, kept } = await runOutbox({ accounts: [anna] });
  await outbox.close();
  await storage.close();
  await expect(outbox.passwordChanged(anna.id, 'Anna', 'en')).resolves.toBeUndefined();
  expect(kept.of('notice-lost')).toHaveLength(1);
});

test('closing lets a mail on its way arrive, and takes up nothing new', async () => {
  const { ask, inbox, outbox, storage } = await runOutbox({ accounts: [anna], answer: 'slow' });
  await ask('anna');
  await inbox.waitFor(1);
  // It arrived, and the mail server has not said so yet.
  expect(await storage.outbox.count()).toMatchObject({ sent: 0 });
  const closed = outbox.close();
  await ask('anna');
  await closed;
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1, sent: 1 });
  await expect(outbox.close()).resolves.toBeUndefined();
});

const newAddress = {
  ...{ userId: anna.id, userName: 'anna', channel: 'email', address: 'new@example.org' },
};

test('a link that waits goes to no other address than the one it was made for', async () => {
  const { ask, inbox, skip, storage, kept, clock } = await runOutbox({
    accounts: [anna],
    answer: 'temporary',
  });
  await ask('anna');
  await vi.waitFor(() => expect(inbox.connectedAt.length).toBe(1));
  await storage.contacts.set(newAddress, clock.now());
  inbox.refuse('accept');
  await vi.waitFor(async () => {
    skip(6_000);
    expect(await storage.outbox.count()).toMatchObject({ waiting: 0, dropped: 1 });
  }, 5_000);
  expect(kept.of('message-dropped')).toMatchObject([{ userId: anna.id, reason: 'contact-replaced' }]);
  expect(inbox.messages).toEqual([]);
  // Whoever asks now is sent one where the account is reached now.
  await ask('anna');
  await inbox.waitFor(1);
  expect(inbox.messages.map((mail) => mail.to)).toEqual(['new@example.org']);
});

test('a link that waits for a contact that was removed goes nowhere, though the account has a new one', async () => {
  const { ask, inbox, skip, storage, kept } = await runOutbox({ accounts: [anna], answer: 'temporary' });
  await ask('anna');
  await vi.waitFor(() => expect(inbox.connectedAt.length).toBe(1));
  const [contact] = await storage.contacts.ofUser(anna.id);
  await storage.contacts.remove(anna.id);
  await storage.contacts.set({ ...newAddress, address: contact?.address ?? '' });
  inbox.refuse('accept');
  await vi.waitFor(async () => {
    skip(6_000);
    expect(await storage.outbox.count()).toMatchObject({ waiting: 0, dropped: 1 });
  }, 5_000);
  expect(kept.of('message-dropped')).toMatchObject([{ reason: 'contact-replaced' }]);
  expect(inbox.messages).toEqual([]);
});

test('a notice that waits reaches whoever had the address when the password was changed', async () => {
  const { inbox, outbox, skip, storage, clock } = await runOutbox({ accounts: [anna], answer: 'temporary' });
  await outbox.passwordChanged(anna.id, 'anna', 'en');
  await vi.waitFor(() => expect(inbox.connectedAt.length).toBe(1));
  await storage.contacts.set(newAddress, clock.now());
  inbox.refuse('accept');
  await vi.waitFor(async () => {
    skip(6_000);
    expect(inbox.messages.map((mail) => mail.to)).toEqual(['anna@example.org']);
  }, 5_000);
});

test('two outboxes on one file send each message once', async () => {
  const people = Array.from({ length: 30 }, (_, i) => account(`person${i}`));
  const first = await runOutbox({ accounts: people });
  const { storage, outbox: second } = await openSecondOutbox(first);
  second.start();
  for (const person of people) {
    await first.ask(person.name);
    second.wake();
  }
  await first.inbox.waitFor(30);
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ waiting: 0, sent: 30 }));
  await second.close();
  expect(first.inbox.messages).toHaveLength(30);
  expect(new Set(first.inbox.messages.map((mail) => mail.messageId)).size).toBe(30);
});
