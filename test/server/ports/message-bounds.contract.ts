import { expect, test } from 'vitest';
import type { NewMessage } from '../../../server/ports/outbox-store.ts';
import type { Storage } from '../../../server/ports/storage.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const ceiling = { key: 'messages:everybody', points: 5, windowMs: HOUR_MS };

function messageFor(userId: string, key = userId): NewMessage {
  const about = { queue: 'email', contactId: undefined, kind: 'reset-link', language: 'en' } as const;
  return { ...about, userId, userName: 'anna', key };
}

/** What every storage keeps about how many messages there may be. `open` gives an empty one for the running test. */
export function testMessageBounds(open: () => Promise<Storage>): void {
  /** Takes a request down, claims it and has it become those messages; answers what was stored, by key. */
  async function resolve(
    { outbox }: Storage,
    messages: readonly NewMessage[],
    bounds: object = {},
    now = NOW,
  ): Promise<readonly string[] | 'full' | undefined> {
    const request = { enteredName: 'a', source: 'form', language: 'en', clientAddress: '192.0.2.1' } as const;
    const id = (await outbox.addRequest(request, now, 1_000)) ?? 0;
    await outbox.claim('asked', 'one', now, 60_000, 1_000);
    const stored = await outbox.resolve({ id, owner: 'one' }, messages, { perAccount: [], ...bounds }, now);
    return Array.isArray(stored) ? stored.map(({ key }) => key) : (stored as 'full' | undefined);
  }
  const toFamily = { countsOf: () => [{ key: 'address:family', points: 2, windowMs: HOUR_MS }] };

  test('an address gets as many as it may, whoever they are for, and those left out are counted nowhere', async () => {
    const storage = await open();
    const five = ['1', '2', '3', '4', '5'].map((id) => messageFor(id));
    expect(await resolve(storage, five, { ...toFamily, ceiling })).toEqual(['1', '2']);
    expect(await resolve(storage, [messageFor('6')], { ...toFamily, ceiling })).toEqual([]);
    expect((await storage.limits.read(ceiling.key, NOW)).used).toBe(2);
    expect((await storage.limits.read('address:family', NOW)).used).toBe(2);
    expect(await resolve(storage, [messageFor('7')], { ...toFamily, ceiling }, NOW + HOUR_MS)).toEqual(['7']);
  });

  test('a message is counted towards all it counts for, or towards nothing', async () => {
    const storage = await open();
    const countsOf = () => [
      { key: 'hour', points: 5, windowMs: HOUR_MS },
      { key: 'day', points: 1, windowMs: 24 * HOUR_MS },
    ];
    expect(await resolve(storage, [messageFor('1'), messageFor('2')], { countsOf })).toEqual(['1']);
    expect((await storage.limits.read('hour', NOW)).used).toBe(1);
  });

  test('where the ceiling is reached, the request stays as it was', async () => {
    const storage = await open();
    const many = Array.from({ length: 4 }, (_, n) => messageFor(`${n}`));
    await resolve(storage, many, { ceiling });
    // Those of one request go out together.
    expect(await resolve(storage, [messageFor('8'), messageFor('9')], { ceiling })).toEqual(['8', '9']);
    expect(await resolve(storage, [messageFor('10')], { ceiling })).toBe('full');
    expect(await storage.outbox.count()).toMatchObject({ done: 2, waiting: 7 });
    const again = await storage.outbox.claim('asked', 'two', NOW + 60_000, 60_000, 9);
    expect(again).toMatchObject([{ enteredName: 'a', clientAddress: '192.0.2.1' }]);
    expect(await resolve(storage, [messageFor('10')], { ceiling }, NOW + HOUR_MS)).toEqual(['10']);
  });

  test('of 20 requests at once no more messages come than there may be', async () => {
    const storage = await open();
    const all = Array.from({ length: 20 }, (_, n) => resolve(storage, [messageFor(`${n}`)], toFamily));
    expect((await Promise.all(all)).filter((stored) => stored?.length === 1)).toHaveLength(2);
    const more = Array.from({ length: 20 }, (_, n) => resolve(storage, [messageFor(`${n}`)], { ceiling }));
    const outcomes = await Promise.all(more);
    expect(outcomes.filter((stored) => stored === 'full')).toHaveLength(15);
  });

  test('messages of an account from before it was counted anew use nothing up; those of others do', async () => {
    const storage = await open();
    const limit = { perAccount: [{ perAccount: 1, since: NOW - HOUR_MS, until: NOW + HOUR_MS }] };
    const anew = { ...limit, countedFrom: new Map([['1', NOW]]) };
    await resolve(storage, [messageFor('1', 'a'), messageFor('2', 'b')], limit);
    const both = [messageFor('1', 'c'), messageFor('2', 'd')];
    expect(await resolve(storage, both, anew, NOW + 1)).toEqual(['c']);
    expect(await resolve(storage, [messageFor('1', 'e')], anew, NOW + 2)).toEqual([]);
  });
}
