import { expect, test, vi } from 'vitest';
import { createMessageLimits } from '../../../server/outbox/message-limits.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { account } from '../../support/jellyfin/memory-accounts.ts';
import { runOutbox, tokenIn } from '../../support/reset/running-outbox.ts';

const anna = account('anna');
const MINUTE_MS = 60_000;

type Running = Awaited<ReturnType<typeof runOutbox>>;

async function settled({ storage }: Running, resolved: number): Promise<void> {
  await vi.waitFor(async () => {
    const { waiting, done, dropped, sent } = await storage.outbox.count();
    expect(waiting).toBe(0);
    expect(done + dropped + sent).toBeGreaterThanOrEqual(resolved);
  }, 30_000);
}

const limitsIn = ({ kept }: Running) => kept.of('reset-limited').map((line) => line['limit']);

test('a flood of requests for one user brings three mails, and the link of the first still works', async () => {
  const running = await runOutbox({ accounts: [anna, account('ben')] });
  const { ask, inbox, storage, clock, kept } = running;
  await Promise.all(Array.from({ length: 200 }, () => ask('anna')));
  await settled(running, 200);
  expect(inbox.messages).toHaveLength(3);
  expect(await storage.links.look(hashToken(tokenIn(inbox.messages[0]?.text)), clock.now())).toMatchObject({
    state: 'open',
  });
  expect(kept.of('reset-limited')).toHaveLength(197);
  // Nobody else pays for it.
  await ask('ben');
  await inbox.waitFor(4);
});

test('five accounts with one address get five messages an hour together, not fifteen', async () => {
  const family = Array.from({ length: 5 }, (_, i) => account(`kid${i}`));
  const running = await runOutbox({ accounts: [...family, anna] });
  const { ask, inbox, storage, skip } = running;
  for (const { id: userId, name: userName } of family) {
    await storage.contacts.set({ userId, userName, channel: 'email', address: 'Us@example.org' });
  }
  await Promise.all(family.flatMap((kid) => [ask(kid.name), ask(kid.name), ask(kid.name)]));
  await settled(running, 15);
  expect(inbox.messages).toHaveLength(5);
  expect(limitsIn(running)).toHaveLength(10);
  await ask('anna');
  await inbox.waitFor(6);
  // One request for all of them is held to it too.
  skip(61 * MINUTE_MS);
  await ask('kid1');
  await inbox.waitFor(7);
  await ask('us@example.org', 'account-page');
  await settled(running, 18);
  expect(inbox.messages).toHaveLength(11);
  expect(new Set(limitsIn(running))).toEqual(new Set(['address']));
});

test('an account gets ten messages a day, however they are spread', async () => {
  const running = await runOutbox({ accounts: [anna], parts: { messagesPerAddressPerHour: 60 } });
  const { ask, inbox, skip, storage } = running;
  for (let hour = 0; hour < 6; hour++) {
    for (let i = 0; i < 3; i++) await ask('anna');
    await settled(running, 3 * (hour + 1));
    skip(61 * MINUTE_MS);
  }
  expect(inbox.messages).toHaveLength(10);
  expect((await storage.outbox.count()).done).toBe(18);
});

test('an account with three live secrets gets no fourth, and none of the three dies', async () => {
  const running = await runOutbox({ accounts: [anna], parts: { linkLifetimeMs: 5 * 60 * MINUTE_MS } });
  const { ask, inbox, storage, clock, skip, kept } = running;
  for (let i = 0; i < 3; i++) await ask('anna');
  await inbox.waitFor(3);
  skip(61 * MINUTE_MS);
  await ask('anna');
  await settled(running, 7);
  expect(kept.of('reset-limited')).toMatchObject([{ limit: 'live-secrets', userId: anna.id }]);
  expect(inbox.messages).toHaveLength(3);
  for (const mail of inbox.messages) {
    const state = await storage.links.look(hashToken(tokenIn(mail.text)), clock.now());
    expect(state).toMatchObject({ state: 'open' });
  }
  skip(4 * 60 * MINUTE_MS);
  await ask('anna');
  await inbox.waitFor(4);
});

test('three secrets that came alive while a message waited keep it back at the last moment', async () => {
  const running = await runOutbox({ accounts: [anna], answer: 'temporary' });
  const { ask, inbox, storage, clock, skip, kept } = running;
  await ask('anna');
  await vi.waitFor(() => expect(kept.of('message-delayed')).toHaveLength(1));
  const secret = { userId: anna.id, userName: 'anna', expiresAt: clock.now() + 60 * MINUTE_MS };
  for (let i = 0; i < 3; i++) await storage.links.add({ ...secret, tokenHash: `h${i}`, outboxId: 900 + i });
  inbox.refuse('accept');
  skip(10_000);
  await vi.waitFor(() => expect(kept.of('message-dropped')).toMatchObject([{ reason: 'live-secrets' }]));
  expect(inbox.messages).toEqual([]);
});

test('beyond the ceiling of all messages requests wait for the next hour, and none is lost', async () => {
  const people = Array.from({ length: 8 }, (_, i) => account(`person${i}`));
  const running = await runOutbox({ accounts: people, parts: { messagesPerHour: 5 } });
  const { ask, inbox, skip, storage } = running;
  for (const person of people) await ask(person.name);
  await vi.waitFor(() => expect(limitsIn(running)).toHaveLength(3));
  await inbox.waitFor(5);
  expect(inbox.messages).toHaveLength(5);
  // That a message went out is written down a moment after it arrived.
  await vi.waitFor(async () =>
    expect(await storage.outbox.count()).toMatchObject({ waiting: 3, done: 5, sent: 5 }),
  );
  expect(new Set(limitsIn(running))).toEqual(new Set(['everybody']));
  skip(61 * MINUTE_MS);
  await inbox.waitFor(8);
  await settled(running, 16);
  expect(inbox.messages).toHaveLength(8);
});

test('notices after a change are held back by no limit', async () => {
  const running = await runOutbox({
    accounts: [anna],
    parts: { messagesPerHour: 1, messagesPerAddressPerHour: 1 },
  });
  for (let i = 0; i < 4; i++) await running.outbox.passwordChanged(anna.id, 'anna', 'en');
  await running.inbox.waitFor(4);
});

test('a clock that was set back by two hours frees what was used up, and locks nobody out for ever', async () => {
  const store = createMemoryLimits();
  const limits = createMessageLimits(store, { messagesPerHour: 5 });
  const message = {
    queue: 'email',
    contactId: undefined,
    kind: 'reset-link',
    userId: anna.id,
    userName: 'anna',
  } as const;
  const one = { message: { ...message, language: 'en', key: 'k' } as const, address: 'A@example.org' };
  const now = 1_800_000_000_000;
  const { ceiling, countsOf } = limits.bounds([one], now);
  for (const { key, ...allowance } of [ceiling, ...(countsOf?.(one.message) ?? [])].filter(
    (count) => count !== undefined,
  ))
    for (let taken = 0; taken < 5; taken += 1) await store.take(key, allowance, now);
  expect(await limits.isUsedUp(now)).toBe(true);
  expect(await limits.within([{ ...one, address: 'a@EXAMPLE.org' }], now)).toEqual([]);
  expect(await limits.isUsedUp(now - 120 * MINUTE_MS)).toBe(false);
});
