import { expect, test } from 'vitest';
import type { AccountSessions } from '../../../server/ports/account-sessions.ts';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const life = { idleMs: 30 * MINUTE, maxMs: 8 * 60 * MINUTE };
const anna = { idHash: 'a'.repeat(64), userId: '1'.repeat(32), userName: 'Anna', sealedToken: 'sealed' };
const { idHash, ...annas } = anna;

/** What every adapter of AccountSessions keeps. `open` gives an empty one for the running test. */
export function testAccountSessions(open: () => Promise<AccountSessions>): void {
  test('a session is found by its id, with the sealed token if it has one', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    const without = { ...anna, idHash: 'b'.repeat(64), sealedToken: undefined };
    await sessions.add(without, NOW, life);
    const times = { createdAt: NOW, lastSeenAt: NOW };
    expect(await sessions.find(idHash, NOW, life)).toEqual({ ...annas, ...times });
    expect(await sessions.find(without.idHash, NOW, life)).toMatchObject({ sealedToken: undefined });
    expect(await sessions.find('c'.repeat(64), NOW, life)).toBeUndefined();
  });

  test('a session that is used stays, and one that is not ends with its idle time', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    for (const minutes of [29, 58, 87])
      expect(await sessions.find(idHash, NOW + minutes * MINUTE, life)).toBeDefined();
    expect(await sessions.find(idHash, NOW + 117 * MINUTE - 1, { ...life, idleMs: MINUTE })).toBeUndefined();
    expect(await sessions.find(idHash, NOW + 117 * MINUTE, life)).toBeUndefined();
  });

  test('a session ends after its longest time however much it is used', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    for (let minutes = 0; minutes < 480; minutes += 20)
      expect(await sessions.find(idHash, NOW + minutes * MINUTE, life)).toBeDefined();
    expect(await sessions.find(idHash, NOW + 480 * MINUTE, life)).toBeUndefined();
  });

  test('when it was used last is written every 30 seconds at most', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    const seenAt = async (at: number) => (await sessions.find(idHash, at, life))?.lastSeenAt;
    await seenAt(NOW + 29_999);
    expect(await seenAt(NOW + 30_000)).toBe(NOW);
    expect(await seenAt(NOW + 30_001)).toBe(NOW + 30_000);
  });

  test('a clock that was set back does not make a session last longer', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    expect(await sessions.find(idHash, NOW - 59_000, life)).toBeDefined();
    expect(await sessions.find(idHash, NOW - 61_000, life)).toBeUndefined();
  });

  test('a session that is removed is over at once, and one that is used meanwhile does not come back', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    const [removed] = await Promise.all([sessions.remove(idHash), sessions.find(idHash, NOW + MINUTE, life)]);
    expect(removed).toBe(true);
    expect(await sessions.find(idHash, NOW, life)).toBeUndefined();
    expect(await sessions.remove(idHash)).toBe(false);
  });

  test('all sessions of an account end together, and no other', async () => {
    const sessions = await open();
    await sessions.add(anna, NOW, life);
    await sessions.add({ ...anna, idHash: 'b'.repeat(64) }, NOW, life);
    await sessions.add({ ...anna, idHash: 'c'.repeat(64), userId: '2'.repeat(32) }, NOW, life);
    expect(await sessions.removeOf(anna.userId)).toBe(2);
    expect(await sessions.removeOf(anna.userId)).toBe(0);
    expect(await sessions.find('b'.repeat(64), NOW, life)).toBeUndefined();
    expect(await sessions.find('c'.repeat(64), NOW, life)).toBeDefined();
  });
}
