import { expect, test, vi } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { startRetention } from '../../../server/storage/retention.ts';
import { keepLines } from '../../support/log/kept-lines.ts';

const DAY_MS = 86_400_000;
const NOW = 1_800_000_000_000;
const message = {
  queue: 'email',
  contactId: undefined,
  kind: 'reset-link',
  userId: '1'.repeat(32),
  userName: 'anna',
  language: 'en',
  key: 'k',
} as const;
const ages = { now: NOW, endedBefore: NOW - 30 * DAY_MS, auditBefore: NOW - 365 * DAY_MS };

/** What every storage keeps about rows that nobody can use any more. `open` gives an empty one for the running test. */
export function testOldRows(open: () => Promise<Storage>): void {
  test('rows that ended longer ago than they are kept go, all others stay', async () => {
    const storage = await open();
    const { outbox, links, limits, audit, contacts, settings, removeOld } = storage;
    const { contactChanges, accountSessions, preferences } = storage;
    for (const endedAt of [NOW - 31 * DAY_MS, NOW - 29 * DAY_MS]) {
      const id = await outbox.addMessage(message, endedAt);
      await outbox.claim('email', 'one', endedAt, 1000, 1);
      await outbox.end({ id, owner: 'one' }, 'sent', undefined, endedAt);
    }
    await outbox.addMessage(message, NOW - 40 * DAY_MS);
    const link = { userId: message.userId, userName: 'anna' };
    await links.add({ ...link, tokenHash: 'old', outboxId: 1, expiresAt: NOW - 31 * DAY_MS });
    await links.add({ ...link, tokenHash: 'young', outboxId: 2, expiresAt: NOW - 29 * DAY_MS });
    await limits.take('ended', { points: 9, windowMs: 1000 }, NOW - 1001);
    await limits.take('running', { points: 9, windowMs: 1000 }, NOW - 999);
    await audit.add({ at: NOW - 366 * DAY_MS, event: 'old' });
    await audit.add({ at: NOW - 364 * DAY_MS, event: 'young' });
    await contacts.set({ userId: '1', userName: 'anna', channel: 'email', address: 'a@example.org' });
    await settings.getOrCreate('key', () => 'value');
    const change = { kind: 'invitation', ...link, channel: undefined, address: undefined } as const;
    for (const [secretHash, days] of [
      ['old', 31],
      ['young', 29],
    ] as const)
      await contactChanges.add(
        { ...change, userId: secretHash, secretHash, expiresAt: NOW - days * DAY_MS },
        NOW,
      );
    const life = { idleMs: 1_000, maxMs: 9_000 };
    await accountSessions.add({ idHash: 'ended', ...link, sealedToken: 'x' }, NOW - 1_001, life);
    await accountSessions.add({ idHash: 'running', ...link, sealedToken: 'x' }, NOW - 999, life);
    await preferences.set(message.userId, { language: 'de' });

    expect(await removeOld(ages)).toBe(6);

    expect(await contactChanges.look('invitation', 'old', NOW)).toEqual({ state: 'unknown' });
    expect(await contactChanges.look('invitation', 'young', NOW)).toMatchObject({ state: 'expired' });
    expect(await accountSessions.remove('ended')).toBe(false);
    expect(await accountSessions.remove('running')).toBe(true);
    expect(await preferences.get(message.userId)).toEqual({ language: 'de' });

    expect(await outbox.count()).toMatchObject({ waiting: 1, sent: 1 });
    expect(await links.look('old', NOW)).toEqual({ state: 'unknown' });
    expect(await links.look('young', NOW)).toEqual({ state: 'expired' });
    expect((await limits.take('ended', { points: 9, windowMs: 1000 }, NOW - 1)).used).toBe(1);
    expect((await limits.read('running', NOW)).used).toBe(1);
    expect((await audit.list({ limit: 9 })).map(({ event }) => event)).toEqual(['young']);
    expect(await contacts.list()).toHaveLength(1);
    expect(await settings.getOrCreate('key', () => 'another')).toBe('value');
    expect(await removeOld(ages)).toBe(0);
  });

  test('an address that was removed goes after the 30 days in which it counts as replaced', async () => {
    const { contacts, removeOld } = await open();
    const address = { channel: 'email', address: 'a@example.org' };
    for (const [userId, removedAt] of [
      ['1', NOW - 30 * DAY_MS - 1],
      ['2', NOW - 29 * DAY_MS],
    ] as const) {
      await contacts.set({ ...address, userId, userName: 'anna' }, removedAt);
      await contacts.remove(userId, removedAt);
    }
    expect(await removeOld(ages)).toBe(1);
    await contacts.set({ ...address, userId: '2', userName: 'anna', address: 'b@example.org' }, NOW);
    expect(await contacts.formerOf('2', NOW)).toMatchObject([{ address: 'a@example.org' }]);
    expect(await removeOld({ ...ages, now: NOW + 90 * DAY_MS })).toBe(0);
  });

  test('many go a batch at a time', async () => {
    const { limits, removeOld } = await open();
    const allowance = { points: 1, windowMs: 1 };
    for (let i = 0; i < 13; i++)
      await Promise.all(Array.from({ length: 100 }, (_, n) => limits.take(`${i} ${n}`, allowance, 1)));
    expect(await removeOld(ages)).toBe(1300);
  });

  test('it is done at start', async () => {
    const storage = await open();
    const link = { userId: message.userId, userName: 'anna', outboxId: 1, tokenHash: 'old' };
    await storage.links.add({ ...link, expiresAt: NOW - 31 * DAY_MS });
    const retention = startRetention({ storage, clock: { now: () => NOW }, log: keepLines().log });
    await vi.waitFor(async () => {
      expect(await storage.links.look('old', NOW)).toEqual({ state: 'unknown' });
    });
    retention.stop();
  });
}
