import { describe, expect, it } from 'vitest';
import {
  type Addressed,
  createMessageLimits,
  type MessageAllowances,
} from '../../../server/outbox/message-limits.ts';
import type { Limits } from '../../../server/ports/limits.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';

const NOW = 1_800_000_000_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function to(address: string): Addressed {
  const message = {
    queue: 'email',
    contactId: 'c'.repeat(32),
    kind: 'reset-link',
    userId: 'u',
    userName: 'anna',
    language: 'en',
    key: 'k',
  };
  return { message: message as Addressed['message'], address };
}

function start(allowances: MessageAllowances = {}, store: Limits = createMemoryLimits()) {
  const limits = createMessageLimits(store, allowances);
  return {
    limits,
    /** Counts so many messages to an address, and says how many more it would get of a hundred. */
    async roomAfter(sent: number, now = NOW, address = 'a@example.org'): Promise<number> {
      for (let n = 0; n < sent; n += 1) {
        const { ceiling, countsOf } = limits.bounds([to(address)], now);
        const counts = [ceiling, ...(countsOf?.(to(address).message) ?? [])];
        // As the store does, in one step with the message.
        for (const count of counts) if (count !== undefined) await store.take(count.key, count, now);
      }
      return (
        await limits.within(
          Array.from({ length: 100 }, () => to(address)),
          now,
        )
      ).length;
    },
  };
}

describe('messages to one account', () => {
  it.each([
    [undefined, 3, 10],
    [5, 5, 10],
    [6, 6, 12],
  ])('are, where %s an hour are allowed, %i in an hour and %i in a day', (allowed, hour, day) => {
    const { limits } = start(allowed === undefined ? {} : { messagesPerAccountPerHour: allowed });
    expect(limits.bounds([], NOW).perAccount).toEqual([
      { perAccount: hour, since: NOW - HOUR_MS, until: NOW + MINUTE_MS },
      { perAccount: day, since: NOW - DAY_MS, until: NOW + MINUTE_MS },
    ]);
  });
});

describe('messages to one address', () => {
  it('are five in an hour when nothing else is said', async () => {
    const { roomAfter } = start();
    expect(await roomAfter(0)).toBe(5);
    expect(await roomAfter(3)).toBe(2);
    expect(await roomAfter(2)).toBe(0);
    expect(await roomAfter(0, NOW + HOUR_MS)).toBe(5);
  });

  it('are ten in a day, or twice what an hour may have', async () => {
    for (const [allowed, day] of [
      [5, 10],
      [2, 10],
      [8, 16],
    ] as const) {
      const { roomAfter } = start({ messagesPerAddressPerHour: allowed });
      let sent = 0;
      let now = NOW;
      while (sent < day) {
        const room = await roomAfter(0, now);
        expect(room).toBe(Math.min(allowed, day - sent));
        await roomAfter(room, now);
        sent += room;
        now += HOUR_MS;
      }
      expect(await roomAfter(0, now), `${allowed}`).toBe(0);
      expect(await roomAfter(0, NOW + DAY_MS), `${allowed}`).toBe(allowed);
    }
  });

  it('are counted in whatever letter case it is written, and for no other', async () => {
    const { limits, roomAfter } = start();
    expect(await roomAfter(4)).toBe(1);
    const wanted = ['A@Example.org', 'b@example.org', 'a@example.org'].map(to);
    expect(await limits.within(wanted, NOW)).toEqual(wanted.slice(0, 2));
    expect(await roomAfter(0, NOW, 'A@EXAMPLE.ORG')).toBe(1);
  });

  it('are kept in the store by a hash only, in windows of an hour and a day', async () => {
    const taken: [string, number, number][] = [];
    const memory = createMemoryLimits();
    const store: Limits = {
      ...memory,
      take: (key, allowance, now) => {
        taken.push([key, allowance.points, allowance.windowMs]);
        return memory.take(key, allowance, now);
      },
    };
    await start({}, store).roomAfter(1);
    const hash = expect.stringMatching(/^address:[0-9a-f]{64}$/);
    const ofDay = expect.stringMatching(/^address-day:[0-9a-f]{64}$/);
    expect(taken).toEqual([
      ['messages:everybody', 1_000, HOUR_MS],
      [hash, 5, HOUR_MS],
      [ofDay, 10, DAY_MS],
    ]);
  });
});

describe('messages in all', () => {
  it('are used up when there were as many in an hour as there may be', async () => {
    const { limits, roomAfter } = start({ messagesPerHour: 3 });
    await roomAfter(2);
    expect(await limits.isUsedUp(NOW)).toBe(false);
    await roomAfter(1, NOW, 'b@example.org');
    expect(await limits.isUsedUp(NOW)).toBe(true);
    expect(await limits.isUsedUp(NOW + HOUR_MS - 1)).toBe(true);
    expect(await limits.isUsedUp(NOW + HOUR_MS)).toBe(false);
  });

  it('are a thousand when nothing else is said', async () => {
    const { limits, roomAfter } = start();
    await roomAfter(999);
    expect(await limits.isUsedUp(NOW)).toBe(false);
    await roomAfter(1);
    expect(await limits.isUsedUp(NOW)).toBe(true);
  });

  it('still count when clocks are a minute apart, and not what was written before one was set back', async () => {
    const { limits, roomAfter } = start({ messagesPerHour: 5 });
    expect(await roomAfter(5)).toBe(0);
    expect(await limits.isUsedUp(NOW - MINUTE_MS)).toBe(true);
    expect(await limits.isUsedUp(NOW - MINUTE_MS - 1)).toBe(false);
    expect(await roomAfter(0, NOW - MINUTE_MS)).toBe(0);
    expect(await roomAfter(0, NOW - MINUTE_MS - 1)).toBe(5);
  });
});
