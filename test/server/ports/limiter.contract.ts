import { expect, test } from 'vitest';
import type { Limiter } from '../../../server/ports.ts';

/** What every limiter keeps. `make` gives an unused one. */
export function testLimiter(make: (options: { points: number; windowMs: number }) => Promise<Limiter>): void {
  test('a key has its allowance and no more', async () => {
    const limiter = await make({ points: 3, windowMs: 60_000 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => limiter.take('192.0.2.1')));
    expect(answers.filter(Boolean)).toHaveLength(3);
  });

  test('keys do not share', async () => {
    const limiter = await make({ points: 1, windowMs: 60_000 });
    expect(await limiter.take('a')).toBe(true);
    expect(await limiter.take('b')).toBe(true);
    expect(await limiter.take('a')).toBe(false);
  });

  test('a key has its allowance again after the window', async () => {
    const limiter = await make({ points: 1, windowMs: 1_000 });
    expect(await limiter.take('a')).toBe(true);
    expect(await limiter.take('a')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await limiter.take('a')).toBe(true);
  });
}
