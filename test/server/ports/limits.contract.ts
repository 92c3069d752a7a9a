import { expect, test } from 'vitest';
import type { Limits } from '../../../server/ports/limits.ts';

const NOW = 1_800_000_000_000;
const allowance = { points: 3, windowMs: 60_000 };

/** What every adapter of Limits keeps. `open` gives empty ones for the running test. */
export function testLimits(open: () => Promise<Limits>): void {
  test('a key has its allowance and no more, and those over it are counted', async () => {
    const limits = await open();
    const takes = [];
    for (let i = 0; i < 5; i++) takes.push(await limits.take('client:192.0.2.1', allowance, NOW + i));
    expect(takes.map((take) => take.isWithin)).toEqual([true, true, true, false, false]);
    expect(takes.map((take) => take.used)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(takes.map((take) => take.endsAt))).toEqual(new Set([NOW + 60_000]));
  });

  test('of 20 takes at once no two are the same', async () => {
    const limits = await open();
    const takes = await Promise.all(Array.from({ length: 20 }, () => limits.take('a', allowance, NOW)));
    expect(takes.map((take) => take.used).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(takes.filter((take) => take.isWithin)).toHaveLength(3);
  });

  test('keys do not share', async () => {
    const limits = await open();
    await limits.take('a', { ...allowance, points: 1 }, NOW);
    expect((await limits.take('b', { ...allowance, points: 1 }, NOW)).isWithin).toBe(true);
    expect((await limits.take('a', { ...allowance, points: 1 }, NOW)).isWithin).toBe(false);
  });

  test('a window begins with the first take and ends to the millisecond', async () => {
    const limits = await open();
    for (let i = 0; i < 4; i++) await limits.take('a', allowance, NOW);
    expect((await limits.take('a', allowance, NOW + 59_999)).isWithin).toBe(false);
    expect(await limits.take('a', allowance, NOW + 60_000)).toEqual({
      isWithin: true,
      used: 1,
      endsAt: NOW + 120_000,
    });
  });

  test('reading takes nothing and says what the next take will find', async () => {
    const limits = await open();
    expect(await limits.read('a', NOW)).toEqual({ isWithin: true, used: 0, endsAt: NOW });
    for (let i = 0; i < 3; i++) {
      expect((await limits.read('a', NOW)).isWithin).toBe(true);
      await limits.take('a', allowance, NOW);
    }
    expect(await limits.read('a', NOW)).toEqual({ isWithin: false, used: 3, endsAt: NOW + 60_000 });
    expect(await limits.read('a', NOW + 60_000)).toEqual({ isWithin: true, used: 0, endsAt: NOW + 60_000 });
  });

  test('an allowance that was changed counts from the next take on', async () => {
    const limits = await open();
    for (let i = 0; i < 3; i++) await limits.take('a', allowance, NOW);
    expect((await limits.take('a', { ...allowance, points: 9 }, NOW)).isWithin).toBe(true);
    expect((await limits.read('a', NOW)).isWithin).toBe(true);
  });

  test('a clock that was set back locks nobody out until it has caught up', async () => {
    const limits = await open();
    for (let i = 0; i < 5; i++) await limits.take('a', allowance, NOW);
    // Clocks of two machines may differ by less than a minute.
    expect((await limits.take('a', allowance, NOW - 59_000)).isWithin).toBe(false);
    const before = NOW - 3_600_000;
    expect(await limits.take('a', allowance, before)).toEqual({
      isWithin: true,
      used: 1,
      endsAt: before + allowance.windowMs,
    });
    for (let i = 0; i < 5; i++) await limits.take('b', allowance, NOW);
    const longBefore = NOW - 30 * 86_400_000;
    expect(await limits.read('b', longBefore)).toEqual({ isWithin: true, used: 0, endsAt: longBefore });
  });

  test('a window of 90 days is looked at as one', async () => {
    const limits = await open();
    const windowMs = 90 * 86_400_000;
    await limits.take('a', { points: 1, windowMs }, NOW);
    expect(await limits.read('a', NOW, windowMs)).toEqual({
      isWithin: false,
      used: 1,
      endsAt: NOW + windowMs,
    });
    expect((await limits.read('a', NOW + windowMs, windowMs)).used).toBe(0);
    expect((await limits.read('a', NOW - 7 * 86_400_000, windowMs)).used).toBe(0);
  });

  test('takes that are given back can be taken again, and never more than there were', async () => {
    const limits = await open();
    for (let i = 0; i < 5; i++) await limits.take('a', allowance, NOW);
    await limits.giveBack('a', 3);
    expect(await limits.take('a', allowance, NOW)).toMatchObject({ isWithin: true, used: 3 });
    await limits.giveBack('a', 9);
    await limits.giveBack('never used', 1);
    expect(await limits.take('a', allowance, NOW)).toEqual({ isWithin: true, used: 1, endsAt: NOW + 60_000 });
  });

  test('of takes and givings back at once none is lost', async () => {
    const limits = await open();
    for (let i = 0; i < 20; i++) await limits.take('a', allowance, NOW);
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        await (n % 2 === 0 ? limits.giveBack('a', 1) : limits.take('a', allowance, NOW));
      }),
    );
    expect((await limits.read('a', NOW)).used).toBe(20);
  });

  test('a key that was cleared begins anew', async () => {
    const limits = await open();
    for (let i = 0; i < 4; i++) await limits.take('a', allowance, NOW);
    await limits.clear('a');
    await limits.clear('never used');
    expect(await limits.take('a', allowance, NOW)).toMatchObject({ isWithin: true, used: 1 });
  });
}
