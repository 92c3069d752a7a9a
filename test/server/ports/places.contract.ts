import { expect, test } from 'vitest';
import type { Places } from '../../../server/ports/places.ts';

const NOW = 1_800_000_000_000;
const until = NOW + 60_000;

/** What every adapter of Places keeps. `open` gives empty ones for the running test. */
export function testPlaces(open: () => Promise<Places>): void {
  test('a key has as many places as are asked for, and each is counted', async () => {
    const places = await open();
    const take = (holder: string, key = 'a') => places.take(key, { holder, most: 2, until }, NOW);
    expect([await take('one'), await take('two'), await take('three')]).toEqual([1, 2, undefined]);
    expect(await take('one', 'b')).toBe(1);
  });

  test('of 20 who ask at once no more get a place than there are', async () => {
    const places = await open();
    const asking = Array.from({ length: 20 }, (_, n) =>
      places.take('a', { holder: `${n}`, most: 5, until }, NOW),
    );
    const taken = (await Promise.all(asking)).filter((count) => count !== undefined);
    expect(taken.toSorted()).toEqual([1, 2, 3, 4, 5]);
  });

  test('a place that is left is free, that of its holder or the first one taken', async () => {
    const places = await open();
    const take = (holder: string, most = 2, end = until) =>
      places.take('a', { holder, most, until: end }, NOW);
    await take('first');
    await take('second', 2, until + 1);
    await places.leave('a', 'second');
    expect(await take('third', 2, until + 2)).toBe(2);
    await places.leave('a');
    await places.leave('a', 'first');
    expect(await take('fourth')).toBe(2);
    await Promise.all([places.leave('a'), places.leave('a'), places.leave('a'), places.leave('never used')]);
    expect(await take('fifth')).toBe(1);
  });

  test('a place that nobody leaves is free at its end, to the millisecond', async () => {
    const places = await open();
    await places.take('a', { holder: 'dead', most: 1, until }, NOW);
    const next = { holder: 'next', most: 1, until: until + 60_000 };
    expect(await places.take('a', next, until - 1)).toBeUndefined();
    expect(await places.take('a', next, until)).toBe(1);
  });

  test('a clock that was set back leaves no place taken until it has caught up', async () => {
    const places = await open();
    await places.take('a', { holder: 'later', most: 1, until }, NOW);
    const hourBefore = NOW - 3_600_000;
    const next = { holder: 'next', most: 1, until: hourBefore + 60_000 };
    expect(await places.take('a', next, hourBefore)).toBe(1);
    // Clocks of two machines may differ by less than a minute.
    const beside = { holder: 'beside', most: 1, until: hourBefore + 1 };
    expect(await places.take('a', beside, hourBefore - 59_999)).toBeUndefined();
  });
}
