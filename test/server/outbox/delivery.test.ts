import { expect, onTestFinished, test, vi } from 'vitest';
import type { Channel, SendOutcome } from '../../../server/ports/channel.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { startPager } from '../../support/mail/pager-channel.ts';
import { pagerChannel } from '../../support/mail/several-pagers.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('Anna');
const about = { userId: anna.id, userName: 'Anna' };
const numberOf = (index: number) => `+49301234${index}`;

/** Anna with a number on each of these channels, in that order; none of mail. */
async function runWith(
  channels: readonly Channel[],
  parts: NonNullable<Parameters<typeof runOutbox>[0]>['parts'] = {},
) {
  for (const channel of channels) onTestFinished(() => channel.close());
  const running = await runOutbox({
    accounts: [anna],
    withoutContact: ['Anna'],
    parts: { channels, ...parts },
  });
  for (const [index, { name }] of channels.entries())
    await running.storage.contacts.set({ ...about, channel: name, address: numberOf(index) });
  return running;
}

/** A channel that answers as told, and keeps what was sent. */
function toldChannel(name: string, answers: readonly SendOutcome[]) {
  const sent: { readonly address: string; readonly text: string }[] = [];
  const channel: Channel = {
    name,
    width: 2,
    check: async () => ({ kind: 'sent' }),
    send: async ({ to, text }) => {
      sent.push({ address: to.address, text });
      return answers[Math.min(sent.length, answers.length) - 1] ?? { kind: 'sent' };
    },
    close: () => undefined,
  };
  return { channel, sent };
}

const away: SendOutcome = { kind: 'unreachable', detail: 'It cannot be reached.' };
const later: SendOutcome = { kind: 'temporary', detail: 'Not now.' };
const never: SendOutcome = { kind: 'permanent', detail: 'It is too long.' };
const nobody: SendOutcome = { kind: 'permanent', detail: 'There is nobody.', isAddressRefused: true };
const unsure: SendOutcome = { kind: 'unconfirmed', detail: 'No answer.' };

test.each([
  ['cannot be reached', away],
  ['refuses it for now', later],
  ['refuses it for good', never],
  ['knows no such recipient', nobody],
] as const)(
  'where the first channel %s, the second gets the message, and nobody gets it twice',
  async (_how, answer) => {
    const [first, second] = [toldChannel('first', [answer]), toldChannel('second', [])];
    const { ask, storage, kept, clock } = await runWith([first.channel, second.channel]);
    await ask('anna');
    await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 }));
    expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
    const link = await storage.links.look(hashToken(tokenIn(second.sent[0]?.text)), clock.now());
    expect(link).toMatchObject({ state: 'open' });
    expect(kept.of('message-moved')).toMatchObject([{ lane: 'first', to: 'second', userId: anna.id }]);
  },
);

test('the person says which contact is the first, and others wait for it in vain only', async () => {
  const [first, second] = [toldChannel('first', []), toldChannel('second', [])];
  const { ask, storage } = await runWith([first.channel, second.channel]);
  await storage.contacts.setOrder(anna.id, ['second', 'first']);
  await ask('anna');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 }));
  expect([first.sent.length, second.sent.length]).toEqual([0, 1]);
});

test('a message that may have arrived goes to no second contact', async () => {
  const [first, second] = [toldChannel('first', [unsure, later]), toldChannel('second', [])];
  const { ask, storage, skip } = await runWith([first.channel, second.channel]);
  await ask('anna');
  await vi.waitFor(() => expect(first.sent).toHaveLength(1));
  await vi.waitFor(async () =>
    expect(await storage.outbox.nextAt('first')).toBeGreaterThan(Date.now() + 60_000),
  );
  skip(20 * 60_000);
  await vi.waitFor(() => expect(first.sent).toHaveLength(2));
  skip(60 * 60_000);
  await vi.waitFor(() => expect(first.sent).toHaveLength(3));
  expect(second.sent).toEqual([]);
  expect(await storage.outbox.count()).toMatchObject({ waiting: 1 });
});

test('where no channel works all are tried again, and the one that is back gets the message', async () => {
  const [first, second] = [
    toldChannel('first', [away]),
    toldChannel('second', [away, away, { kind: 'sent' }]),
  ];
  const { ask, storage, skip } = await runWith([first.channel, second.channel]);
  await ask('anna');
  await vi.waitFor(() => expect(second.sent).toHaveLength(1));
  for (const many of [2, 3]) {
    await vi.waitFor(async () => expect(await storage.outbox.nextAt('first')).toBeDefined());
    skip(90_000);
    await vi.waitFor(() => expect(second.sent).toHaveLength(many));
  }
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 1, waiting: 0 }));
});

test('a message that every contact refuses for good is given up, and one that only waits is not', async () => {
  const [first, second] = [toldChannel('first', [never]), toldChannel('second', [never])];
  const { ask, storage } = await runWith([first.channel, second.channel]);
  await ask('anna');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ dead: 1, waiting: 0 }));
  expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
});

test('a contact that the other side does not know is refused from then on, and no notice goes there', async () => {
  const [first, second] = [toldChannel('first', [nobody]), toldChannel('second', [])];
  const { ask, storage, kept, outbox } = await runWith([first.channel, second.channel]);
  await ask('anna');
  await vi.waitFor(() => expect(second.sent).toHaveLength(1));
  expect(await storage.contacts.ofUser(anna.id)).toMatchObject([
    { state: 'refused' },
    { state: 'unverified' },
  ]);
  expect(kept.of('contact-refused')).toMatchObject([{ ...about, channel: 'first', by: 'channel' }]);
  await ask('anna');
  await outbox.passwordChanged(anna.id, 'Anna', 'en');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 3, waiting: 0 }));
  expect([first.sent.length, second.sent.length]).toEqual([1, 3]);
});

test('a contact that is set after the request gets nothing of it', async () => {
  const [first, second] = [toldChannel('first', [later]), toldChannel('second', [later])];
  const third = toldChannel('third', []);
  const running = await runWith([first.channel, second.channel, third.channel]);
  await running.storage.contacts.remove(anna.id, Date.now(), 'third');
  await running.ask('anna');
  await vi.waitFor(() => expect(first.sent).toHaveLength(1));
  await running.storage.contacts.set({ ...about, channel: 'third', address: numberOf(3) });
  await vi.waitFor(() => expect(second.sent).toHaveLength(1));
  running.skip(90_000);
  await vi.waitFor(() => expect(second.sent.length).toBeGreaterThan(1));
  expect(third.sent).toEqual([]);
});

test('confirm-first: resets go to contacts that were proved, and the log says where there is none', async () => {
  const [first, second] = [toldChannel('first', []), toldChannel('second', [])];
  const { ask, storage, kept, outbox } = await runWith([first.channel, second.channel], {
    unverified: 'confirm-first',
  });
  await ask('anna');
  await vi.waitFor(() =>
    expect(kept.of('reset-unresolved')).toMatchObject([{ reason: 'contact-unverified' }]),
  );
  await storage.contacts.verify((await storage.contacts.ofUser(anna.id))[1]?.id ?? '', 1);
  await ask('anna');
  await vi.waitFor(() => expect(second.sent).toHaveLength(1));
  expect(first.sent).toEqual([]);
  // Whoever is told of a change need not have proved anything.
  await outbox.passwordChanged(anna.id, 'Anna', 'en');
  await vi.waitFor(() => expect(first.sent).toHaveLength(1));
});

test('all: each contact gets a message, each link works, and the request counts as one', async () => {
  const told = ['first', 'second', 'third'].map((name) => toldChannel(name, []));
  const { ask, storage, clock } = await runWith(
    told.map(({ channel }) => channel),
    { delivery: 'all', messagesPerAccountPerHour: 2 },
  );
  for (const _ of [1, 2, 3]) await ask('anna');
  await vi.waitFor(async () => expect(await storage.outbox.count()).toMatchObject({ sent: 6, waiting: 0 }));
  expect(told.map(({ sent }) => sent.length)).toEqual([2, 2, 2]);
  for (const { sent } of told) {
    for (const { text } of sent)
      expect(await storage.links.look(hashToken(tokenIn(text)), clock.now())).toMatchObject({
        state: 'open',
      });
  }
});

test('the language that the person chose goes before that of whoever asks', async () => {
  const { channel, sent } = toldChannel('first', []);
  const get = async () => ({ language: 'de' });
  const { ask } = await runWith([channel], { preferences: { get } });
  await ask('anna');
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.text).toContain('Passwort');
});

test.each(['first-that-works', 'all'] as const)(
  '%s: of five contacts four hang, and the fifth gets the message within five seconds, 20 of 20',
  { timeout: 120_000 },
  async (delivery) => {
    const hanging = await Promise.all(Array.from({ length: 4 }, () => startPager({ answersNothing: true })));
    const works = await startPager();
    const channels = await Promise.all(
      [...hanging, works].map((pager, index) => pagerChannel(`pager-${index}`, pager)),
    );
    const people = Array.from({ length: 20 }, (_, n) => account(`p${n}`));
    const { ask, storage } = await runOutbox({
      accounts: people,
      withoutContact: people.map(({ name }) => name),
      parts: { channels, delivery },
    });
    for (const [n, { id: userId, name: userName }] of people.entries())
      for (const [index, { name }] of channels.entries())
        await storage.contacts.set({ userId, userName, channel: name, address: `+493${index}${1_000 + n}` });
    // One after the other, as on a quiet evening, and at last all of them at once.
    for (const [n, person] of people.entries()) {
      const askedAt = performance.now();
      await ask(person.name);
      await vi.waitFor(() => expect(works.pages).toHaveLength(n + 1), { timeout: 30_000, interval: 20 });
      expect(performance.now() - askedAt, person.name).toBeLessThan(5_000);
    }
    expect(works.pages.map(({ number }) => number)).toEqual(people.map((_, n) => `+4934${1_000 + n}`));
    const askedAt = performance.now();
    await Promise.all(people.map(({ name }) => ask(name)));
    await vi.waitFor(() => expect(works.pages).toHaveLength(40), { timeout: 30_000, interval: 20 });
    expect(performance.now() - askedAt).toBeLessThan(15_000);
    expect(new Set(works.pages.map(({ key }) => key)).size).toBe(40);
  },
);
