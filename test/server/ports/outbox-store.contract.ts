import { describe, expect, test } from 'vitest';
import type { NewMessage, NewRequest, OutboxStore } from '../../../server/ports/outbox-store.ts';

const NOW = 1_800_000_000_000;
/** What a message has that goes to one contact. */
const ALONE = { requestKey: undefined, route: undefined, mayHaveArrived: false };
const LEASE_MS = 6_000;
const asked: NewRequest = { enteredName: 'anna', source: 'form', language: 'de', clientAddress: '192.0.2.1' };
const message: NewMessage = {
  queue: 'email',
  contactId: 'c'.repeat(32),
  kind: 'reset-link',
  userId: '1'.repeat(32),
  userName: 'anna',
  language: 'de',
  key: 'k1',
};
const generous = { perAccount: [{ perAccount: 100, since: 0, until: NOW + 60_000 }] };

/** What every outbox store keeps. `open` gives an empty one for the running test. */
export function testOutboxStore(open: () => Promise<OutboxStore>): void {
  async function askAndClaim(store: OutboxStore, owner = 'one'): Promise<number> {
    const id = await store.addRequest(asked, NOW, 100);
    expect(await store.claim('asked', owner, NOW, LEASE_MS, 1)).toHaveLength(1);
    return id ?? -1;
  }

  test('a request is claimed as it was taken down', async () => {
    const store = await open();
    const id = await store.addRequest(asked, NOW, 100);
    expect(await store.claim('asked', 'one', NOW, LEASE_MS, 10)).toEqual([
      { ...asked, id, queue: 'asked', createdAt: NOW, waitingSince: NOW, tries: 1 },
    ]);
  });

  test('a message is claimed as it was stored, in its own queue', async () => {
    const store = await open();
    const id = await store.addMessage(message, NOW);
    expect(await store.claim('asked', 'one', NOW, LEASE_MS, 10)).toEqual([]);
    expect(await store.claim('email', 'one', NOW, LEASE_MS, 10)).toEqual([
      { ...message, id, createdAt: NOW, waitingSince: NOW, tries: 1, secretVersion: 0, ...ALONE },
    ]);
  });

  test('a message keeps its channel, which is its queue, whatever it is called', async () => {
    const store = await open();
    const id = await store.addMessage({ ...message, queue: 'pager' }, NOW);
    expect(await store.claim('email', 'one', NOW, LEASE_MS, 10)).toEqual([]);
    expect(await store.claim('pager', 'one', NOW, LEASE_MS, 10)).toMatchObject([{ id, queue: 'pager' }]);
    await store.end({ id, owner: 'one' }, 'dead', 'away', NOW);
    expect(await store.listDead(1)).toMatchObject([{ id, queue: 'pager' }]);
  });

  test('a row is held by one owner at a time', async () => {
    const store = await open();
    for (let i = 0; i < 20; i++) await store.addMessage({ ...message, key: `k${i}` }, NOW);
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, i) => store.claim('email', `owner ${i}`, NOW, LEASE_MS, 3)),
    );
    const ids = claims.flat().map((work) => work.id);
    expect(ids).toHaveLength(20);
    expect(new Set(ids).size).toBe(20);
  });

  test('rows of a dead process come back when their lease is over, and count the lost try', async () => {
    const store = await open();
    const id = await askAndClaim(store, 'killed');
    expect(await store.claim('asked', 'next', NOW + LEASE_MS - 1, LEASE_MS, 1)).toEqual([]);
    expect(await store.nextAt('asked')).toBe(NOW + LEASE_MS);
    expect(await store.claim('asked', 'next', NOW + LEASE_MS, LEASE_MS, 1)).toMatchObject([{ id, tries: 2 }]);
    expect(await store.end({ id, owner: 'killed' }, 'done', undefined, NOW)).toBe(false);
    expect(await store.renew({ id, owner: 'killed' }, NOW)).toBe(false);
    expect(await store.end({ id, owner: 'next' }, 'done', undefined, NOW)).toBe(true);
  });

  test('a renewed lease holds longer', async () => {
    const store = await open();
    const id = await askAndClaim(store);
    expect(await store.renew({ id, owner: 'one' }, NOW + 2 * LEASE_MS)).toBe(true);
    expect(await store.claim('asked', 'two', NOW + LEASE_MS, LEASE_MS, 1)).toEqual([]);
  });

  test('resolving stores the messages and ends the request in one step, once', async () => {
    const store = await open();
    const id = await askAndClaim(store);
    expect(await store.resolve({ id, owner: 'one' }, [message], generous, NOW)).toEqual([message]);
    expect(await store.resolve({ id, owner: 'one' }, [message], generous, NOW)).toBeUndefined();
    expect(await store.count()).toEqual({ waiting: 1, done: 1, sent: 0, dropped: 0, dead: 0 });
  });

  test('an account over one of its limits gets no further message, others do', async () => {
    const store = await open();
    const hour = { perAccount: 3, since: NOW - 3_600_000, until: NOW + 60_000 };
    const day = { perAccount: 5, since: NOW - 86_400_000, until: NOW + 60_000 };
    await store.addMessage(message, NOW - 3_600_000);
    // From before the clock was set back.
    for (let i = 0; i < 9; i++) await store.addMessage(message, NOW + 9_000_000);
    await store.addMessage({ ...message, kind: 'password-changed' }, NOW - 1);
    await store.addMessage({ ...message, kind: 'account-disabled' }, NOW - 1);
    const other = { ...message, userId: '2'.repeat(32) };
    const stored: number[] = [];
    for (let i = 0; i < 3; i++) {
      const id = await askAndClaim(store);
      stored.push(
        (await store.resolve({ id, owner: 'one' }, [message], { perAccount: [hour, day] }, NOW + i))
          ?.length ?? -1,
      );
    }
    expect(stored).toEqual([1, 1, 0]);
    // The hour is over; the day has room for one.
    for (let i = 0; i < 2; i++) {
      const id = await askAndClaim(store);
      const later = [{ ...hour, since: NOW + 1 }, day];
      stored.push(
        (await store.resolve({ id, owner: 'one' }, [message, other], { perAccount: later }, NOW + 4))
          ?.length ?? -1,
      );
    }
    expect(stored).toEqual([1, 1, 0, 2, 1]);
  });

  test('while the clock has just jumped no lease is taken over, and free rows are claimed all the same', async () => {
    const store = await open();
    const held = await store.addMessage(message, NOW);
    await store.claim('email', 'one', NOW, LEASE_MS, 1);
    const free = await store.addMessage({ ...message, key: 'k2' }, NOW);
    const later = NOW + 3_600_000;
    expect(await store.claim('email', 'two', later, LEASE_MS, 9, false)).toMatchObject([{ id: free }]);
    expect(await store.claim('email', 'two', later, LEASE_MS, 9, true)).toMatchObject([{ id: held }]);
  });

  test('a clock that was set back leaves no row due too far away and no lease too long', async () => {
    const store = await open();
    const longest = { delayMs: 60_000, unconfirmedMs: 90_000_000, leaseMs: 2 * LEASE_MS };
    const delayed = await store.addMessage(message, NOW);
    const held = await store.addMessage({ ...message, key: 'k2' }, NOW);
    const soon = await store.addMessage({ ...message, key: 'k3' }, NOW);
    await store.claim('email', 'killed', NOW, LEASE_MS, 9);
    await store.delay({ id: delayed, owner: 'killed' }, NOW + 50_000, 'refused', 'refused');
    await store.delay({ id: soon, owner: 'killed' }, NOW + 1_000, 'refused', 'refused');
    expect(await store.correctClockJump('email', NOW, longest)).toBe(0);
    const back = NOW - 3_600_000;
    expect(await store.claim('email', 'next', back, LEASE_MS, 9)).toEqual([]);
    expect(await store.correctClockJump('asked', back, longest)).toBe(0);
    expect(await store.correctClockJump('email', back, longest)).toBe(3);
    const claimed = await store.claim('email', 'next', back, LEASE_MS, 9);
    expect(claimed.map((work) => work.id)).toEqual([delayed, held, soon]);
    expect(claimed.map((work) => work.waitingSince)).toEqual([back, back, back]);
    expect(claimed.map((work) => work.createdAt)).toEqual([NOW, NOW, NOW]);
    expect(await store.correctClockJump('email', back, longest)).toBe(0);
    expect(await store.end({ id: held, owner: 'killed' }, 'sent', undefined, back)).toBe(false);
  });

  test('a delayed row waits until it is due', async () => {
    const store = await open();
    const id = await askAndClaim(store);
    await store.delay({ id, owner: 'one' }, NOW + 5_000, 'try later', 'refused');
    expect(await store.nextAt('asked')).toBe(NOW + 5_000);
    expect(await store.claim('asked', 'one', NOW + 4_999, LEASE_MS, 1)).toEqual([]);
    expect(await store.claim('asked', 'one', NOW + 5_000, LEASE_MS, 1)).toMatchObject([{ id, tries: 2 }]);
  });

  test('hastening moves stalled rows of that queue only', async () => {
    const store = await open();
    const stalled = await askAndClaim(store);
    await store.delay({ id: stalled, owner: 'one' }, NOW + 60_000, 'away', 'stalled');
    const delayed = await askAndClaim(store);
    await store.delay({ id: delayed, owner: 'one' }, NOW + 60_000, 'busy', 'refused');
    const unconfirmed = await askAndClaim(store);
    await store.delay({ id: unconfirmed, owner: 'one' }, NOW + 60_000, 'silence', 'unconfirmed');
    expect(await store.hasten('email', NOW + 1)).toBe(0);
    expect(await store.hasten('asked', NOW + 1)).toBe(1);
    expect(await store.claim('asked', 'one', NOW + 1, LEASE_MS, 9)).toMatchObject([{ id: stalled }]);
  });

  test('the row that waits longest comes first', async () => {
    const store = await open();
    const late = await store.addMessage(message, NOW + 2);
    const early = await store.addMessage(message, NOW + 1);
    expect(await store.claim('email', 'one', NOW + 3, LEASE_MS, 1)).toMatchObject([{ id: early }]);
    expect(await store.claim('email', 'one', NOW + 3, LEASE_MS, 1)).toMatchObject([{ id: late }]);
    expect(await store.nextAt('asked')).toBeUndefined();
  });

  test('a flood of requests ends where the limit is', async () => {
    const store = await open();
    const ids: (number | undefined)[] = [];
    for (let i = 0; i < 4; i++) ids.push(await store.addRequest(asked, NOW, 3));
    expect(ids.map((id) => id !== undefined)).toEqual([true, true, true, false]);
    const [work] = await store.claim('asked', 'one', NOW, LEASE_MS, 1);
    await store.end({ id: work?.id ?? -1, owner: 'one' }, 'dropped', 'unknown-name', NOW);
    expect(await store.addRequest(asked, NOW, 3)).toBeDefined();
  });

  describe('dead letters', () => {
    async function die(store: OutboxStore, endedAt: number): Promise<number> {
      const id = await store.addMessage({ ...message, key: `k${endedAt}` }, NOW);
      await store.claim('email', 'one', NOW, LEASE_MS, 1);
      await store.end({ id, owner: 'one' }, 'dead', 'refused', endedAt);
      return id;
    }

    test('are listed, newest first, with whose they are and why', async () => {
      const store = await open();
      const older = await die(store, NOW + 1);
      const newer = await die(store, NOW + 2);
      await store.addMessage(message, NOW);
      const { kind, userId, userName } = message;
      const letter = {
        queue: 'email',
        message: { kind, userId, userName },
        createdAt: NOW,
        tries: 1,
        reason: 'refused',
      };
      expect(await store.listDead(9)).toEqual([
        { ...letter, id: newer, endedAt: NOW + 2 },
        { ...letter, id: older, endedAt: NOW + 1 },
      ]);
      expect(await store.listDead(1)).toMatchObject([{ id: newer }]);
      expect(await store.countOpen()).toEqual({ waiting: 1, dead: 2 });
    });

    test('wait again when they are resent, as if they were new, with the key they had', async () => {
      const store = await open();
      const id = await die(store, NOW + 1);
      expect(await store.resend(id, NOW + 9)).toBe(true);
      expect(await store.resend(id, NOW + 9)).toBe(false);
      expect(await store.nextAt('email')).toBe(NOW + 9);
      expect(await store.claim('email', 'one', NOW + 9, LEASE_MS, 1)).toEqual([
        // The account has no contact any more that it could be sent to.
        {
          ...{ ...message, contactId: undefined, key: `k${NOW + 1}`, id },
          ...{ createdAt: NOW, waitingSince: NOW + 9, tries: 1, secretVersion: 1, ...ALONE },
        },
      ]);
      expect(await store.listDead(9)).toEqual([]);
    });

    test('that are requests are listed without what was typed, and cannot be resent', async () => {
      const store = await open();
      const id = await askAndClaim(store);
      await store.end({ id, owner: 'one' }, 'dead', 'away', NOW);
      expect(await store.listDead(9)).toEqual([
        { id, queue: 'asked', message: undefined, createdAt: NOW, endedAt: NOW, tries: 1, reason: 'away' },
      ]);
      expect(await store.resend(id, NOW)).toBe(false);
    });
  });
}
