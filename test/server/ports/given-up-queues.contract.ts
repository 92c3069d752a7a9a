import { expect, test } from 'vitest';
import type { NewMessage, OutboxStore } from '../../../server/ports/outbox-store.ts';

const NOW = 1_800_000_000_000;
const LEASE_MS = 6_000;
const message: NewMessage = {
  queue: 'pager',
  contactId: undefined,
  kind: 'reset-link',
  userId: '1'.repeat(32),
  userName: 'anna',
  language: 'de',
  key: 'k1',
};

/** What every outbox store keeps about queues that nobody works on any more. `open` gives an empty one for the running test. */
export function testGivenUpQueues(open: () => Promise<OutboxStore>): void {
  test('the queues in which something waits are told', async () => {
    const store = await open();
    expect(await store.waitingQueues()).toEqual([]);
    for (const queue of ['pager', 'email', 'pager']) await store.addMessage({ ...message, queue }, NOW);
    expect(await store.waitingQueues()).toEqual(['email', 'pager']);
  });

  test('what waits in a queue is given up together, but for what somebody holds', async () => {
    const store = await open();
    const held = await store.addMessage(message, NOW);
    await store.claim('pager', 'one', NOW, LEASE_MS, 1);
    const free = await store.addMessage(message, NOW);
    await store.addMessage({ ...message, queue: 'email' }, NOW);

    expect(await store.giveUp('pager', 'no pager', NOW + 1)).toBe(1);
    expect(await store.listDead(9)).toMatchObject([
      { id: free, queue: 'pager', reason: 'no pager', endedAt: NOW + 1 },
    ]);
    expect(await store.giveUp('pager', 'no pager', NOW + LEASE_MS)).toBe(1);
    expect((await store.listDead(9)).map(({ id }) => id)).toEqual([held, free]);
    expect(await store.waitingQueues()).toEqual(['email']);
  });

  test('what was given up with its lane can be resent', async () => {
    const store = await open();
    const id = await store.addMessage(message, NOW);
    await store.giveUp('pager', 'no pager', NOW);
    expect(await store.resend(id, NOW + 1)).toBe(true);
    expect(await store.claim('pager', 'two', NOW + 1, LEASE_MS, 9)).toMatchObject([{ id, tries: 1 }]);
  });

  test('what was given up can be put away: it is listed no more, and nobody can resend it', async () => {
    const store = await open();
    const [dropped, kept] = [await store.addMessage(message, NOW), await store.addMessage(message, NOW)];
    await store.giveUp('pager', 'no pager', NOW);
    expect(await store.dropDead(dropped, NOW + 1)).toBe(true);
    expect(await store.dropDead(dropped, NOW + 1)).toBe(false);
    expect(await store.resend(dropped, NOW + 1)).toBe(false);
    expect((await store.listDead(9)).map(({ id }) => id)).toEqual([kept]);
    expect(await store.countOpen()).toEqual({ waiting: 0, dead: 1 });
  });

  test('what waits or was never there cannot be put away', async () => {
    const store = await open();
    const id = await store.addMessage(message, NOW);
    expect(await store.dropDead(id, NOW)).toBe(false);
    expect(await store.dropDead(id + 1, NOW)).toBe(false);
    expect(await store.countOpen()).toEqual({ waiting: 1, dead: 0 });
  });

  test('the messages that were asked for are counted for an account and a time, notices are not', async () => {
    const store = await open();
    await store.addMessage(message, NOW);
    await store.addMessage(message, NOW + 1);
    await store.addMessage({ ...message, kind: 'password-changed' }, NOW + 1);
    await store.addMessage({ ...message, userId: '2'.repeat(32) }, NOW + 1);
    const count = (since: number, until: number) => store.countAsked(message.userId, { since, until });
    expect(await count(NOW - 1, NOW + 1)).toBe(2);
    expect(await count(NOW, NOW + 1)).toBe(1);
    expect(await count(NOW - 1, NOW)).toBe(1);
  });
}
