import { expect, test } from 'vitest';
import type { NewMessage, NextStep } from '../../../server/ports/outbox-store.ts';
import type { Storage } from '../../../server/ports/storage.ts';

const NOW = 1_800_000_000_000;
const account = { userId: 'a'.repeat(32), userName: 'Anna' };
const route = { contacts: ['first', 'second'], failed: [], refused: [], round: 0 };
const message: NewMessage = {
  ...{ queue: 'email', contactId: 'first', kind: 'reset-link', language: 'en', key: 'key', route },
  ...account,
};
const next: NextStep = {
  ...{ queue: 'pager', contactId: 'second', route: { ...route, failed: ['first'] } },
  ...{ hasNext: false, dueAt: NOW + 1_000, cause: 'refused' },
};

/** What every storage keeps about messages that go on to another contact. `open` gives an empty one. */
export function testMovingMessages(open: () => Promise<Storage>): void {
  async function opened() {
    const storage = await open();
    const claim = (queue: string, owner = 'one', now = NOW) =>
      storage.outbox.claim(queue, owner, now, 1_000, 9);
    return { ...storage, claim };
  }

  test('a message goes on as the same row, with its key and a new secret', async () => {
    const { outbox, claim } = await opened();
    const id = await outbox.addMessage(message, NOW);
    expect(await claim('email')).toMatchObject([{ id, route, mayHaveArrived: false, secretVersion: 0 }]);
    expect(await outbox.moveOn({ id, owner: 'one' }, next, 'it hangs')).toBe(true);
    expect(await outbox.nextAt('email')).toBeUndefined();
    expect(await claim('pager', 'two')).toEqual([]);
    expect(await claim('pager', 'two', NOW + 1_000)).toMatchObject([
      { id, key: 'key', contactId: 'second', route: next.route, secretVersion: 1, createdAt: NOW },
    ]);
    expect(await outbox.count()).toMatchObject({ waiting: 1 });
  });

  test('of two who held it one after the other only the holder moves it', async () => {
    const { outbox, claim } = await opened();
    const id = await outbox.addMessage(message, NOW);
    await claim('email');
    await claim('email', 'two', NOW + 1_000);
    expect(await outbox.moveOn({ id, owner: 'one' }, next, 'it hangs')).toBe(false);
    expect(await outbox.moveOn({ id, owner: 'two' }, next, 'it hangs')).toBe(true);
    expect(await outbox.moveOn({ id, owner: 'two' }, next, 'it hangs')).toBe(false);
    expect(await claim('email', 'three', NOW + 5_000)).toEqual([]);
  });

  test('a queue that does not move passes on what waited long enough and has somewhere to go', async () => {
    const { outbox, claim } = await opened();
    await outbox.addMessage({ ...message, key: 'alone', route: undefined }, NOW);
    await outbox.addMessage({ ...message, key: 'young' }, NOW + 1);
    const held = await outbox.addMessage({ ...message, key: 'held' }, NOW - 2);
    await outbox.claim('email', 'two', NOW - 2, 10_000, 1);
    const unsure = await outbox.addMessage({ ...message, key: 'unsure' }, NOW - 1);
    await outbox.claim('email', 'two', NOW - 1, 10_000, 1);
    await outbox.delay({ id: unsure, owner: 'two' }, NOW - 1, 'no answer', 'unconfirmed');
    await outbox.addMessage({ ...message, key: 'old' }, NOW);
    const passed = await outbox.claimToPassOn('email', 'one', NOW + 9, 1_000, { count: 9, dueBy: NOW });
    expect(passed.map(({ key }) => key)).toEqual(['old']);
    expect(await outbox.claimToPassOn('email', 'one', NOW + 9, 1_000, { count: 9, dueBy: NOW })).toEqual([]);
    await outbox.moveOn({ id: passed[0]?.id ?? 0, owner: 'one' }, next, 'it does not move');
    expect(await claim('pager', 'one', NOW + 1_000)).toHaveLength(1);
    expect(
      await outbox.claimToPassOn('pager', 'x', NOW + 9_000, 1, { count: 9, dueBy: NOW + 9_000 }),
    ).toEqual([]);
    expect(held).toBeGreaterThan(0);
  });

  test('what may have arrived once is remembered, whatever comes after', async () => {
    const { outbox, claim } = await opened();
    const id = await outbox.addMessage(message, NOW);
    for (const cause of ['unconfirmed', 'refused'] as const) {
      await claim('email');
      await outbox.delay({ id, owner: 'one' }, NOW, 'later', cause);
    }
    expect(await claim('email')).toMatchObject([{ id, mayHaveArrived: true }]);
  });

  test('a message that is resent by hand goes to its channel only', async () => {
    const { outbox, claim } = await opened();
    const id = await outbox.addMessage(message, NOW);
    await claim('email');
    await outbox.end({ id, owner: 'one' }, 'dead', 'refused', NOW);
    await outbox.resend(id, NOW);
    expect(await claim('email')).toMatchObject([{ id, route: undefined, mayHaveArrived: false }]);
  });

  test('the messages of one request to one account count as one, and all of them are stored', async () => {
    const { outbox } = await opened();
    const resolve = async (requestKey: string | undefined) => {
      await outbox.addRequest(
        { enteredName: 'anna', source: 'form', language: 'en', clientAddress: '192.0.2.1' },
        NOW,
        9,
      );
      const [row] = await outbox.claim('asked', 'one', NOW, 1_000, 1);
      const messages = ['email', 'pager', 'bell'].map((queue) => ({
        ...message,
        queue,
        key: queue,
        requestKey,
      }));
      const perAccount = [{ perAccount: 3, since: NOW - 1, until: NOW + 1 }];
      return (await outbox.resolve({ id: row?.id ?? 0, owner: 'one' }, messages, { perAccount }, NOW)) ?? [];
    };
    expect(await resolve('one')).toHaveLength(3);
    expect(await resolve('two')).toHaveLength(3);
    expect(await resolve('three')).toHaveLength(3);
    expect(await resolve('four')).toEqual([]);
    expect(await resolve(undefined)).toEqual([]);
  });

  test('the secrets of one request are one of those an account may have', async () => {
    const { links } = await opened();
    const limit = { now: NOW, maxLive: 2 };
    const add = (outboxId: number, requestKey: string | undefined, version = 0) =>
      links.add(
        { ...account, tokenHash: `${outboxId} ${version}`, outboxId, requestKey, expiresAt: NOW + 1_000 },
        limit,
      );
    expect([await add(1, 'one'), await add(2, 'one'), await add(3, 'one')]).toEqual([true, true, true]);
    expect(await links.countLive(account.userId, NOW)).toBe(1);
    expect(await add(4, undefined)).toBe(true);
    expect(await links.countLive(account.userId, NOW)).toBe(2);
    expect([await add(5, undefined), await add(6, 'two')]).toEqual([false, false]);
    expect([await add(2, 'one', 1), await add(7, 'one')]).toEqual([true, true]);
  });
}
