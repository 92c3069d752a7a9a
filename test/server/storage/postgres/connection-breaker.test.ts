import { expect, test } from 'vitest';
import { createConnectionBreaker } from '../../../../server/storage/postgres/connection-breaker.ts';

const SILENCE = new Error('silence');

/** A turnstile two wide; `begin` sends somebody in whose end the test decides. */
function setUp() {
  const turnstile = createConnectionBreaker({
    width: 2,
    isSilence: (error) => error === SILENCE,
    whileSilent: () => new Error('turned away'),
    whileFull: () => new Error('full'),
  });
  let inside = 0;
  let most = 0;
  function begin() {
    const end = Promise.withResolvers<string>();
    const entered = Promise.withResolvers<void>();
    const result = turnstile.run(async () => {
      inside += 1;
      most = Math.max(most, inside);
      entered.resolve();
      return end.promise.finally(() => {
        inside -= 1;
      });
    });
    result.catch(() => undefined);
    return { end, entered: entered.promise, result };
  }
  return { turnstile, begin, most: () => most };
}

test('lets so many through at once, in the order they came', async () => {
  const { begin, most } = setUp();
  const all = Array.from({ length: 6 }, () => begin());
  for (const [index, one] of all.entries()) {
    await one.entered;
    one.end.resolve(String(index));
    expect(await one.result).toBe(String(index));
  }
  expect(most()).toBe(2);
});

test('a failure frees the place', async () => {
  const { begin } = setUp();
  for (let i = 0; i < 5; i++) {
    const one = begin();
    await one.entered;
    one.end.reject(new Error('own failure'));
    await expect(one.result).rejects.toThrow('own failure');
  }
});

test('after a silence all are turned away, those who wait too, until one was answered', async () => {
  const { begin, turnstile } = setUp();
  const [first, second, third] = [begin(), begin(), begin()];
  await Promise.all([first.entered, second.entered]);
  first.end.reject(SILENCE);
  await expect(first.result).rejects.toBe(SILENCE);
  await expect(third.result).rejects.toThrow('turned away');
  await expect(turnstile.run(async () => 'in')).rejects.toThrow('turned away');
  // Somebody who was in before is answered after all.
  second.end.resolve('answered');
  await second.result;
  expect(await turnstile.run(async () => 'in')).toBe('in');
});

test('more than may wait are refused', async () => {
  const { begin } = setUp();
  const all = Array.from({ length: 5_003 }, () => begin());
  await expect(all.at(-1)?.result).rejects.toThrow('full');
  for (const one of all) one.end.resolve('');
  await Promise.all(all.slice(0, -1).map((one) => one.result));
});
