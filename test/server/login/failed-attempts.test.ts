import { describe, expect, it } from 'vitest';
import { createFailedAttempts, LONGEST_WAIT_MS } from '../../../server/login/failed-attempts.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';

const WINDOW_MS = 60_000;
const KEY = 'login:ana';

function start() {
  const clock = createSettableClock();
  const attempts = createFailedAttempts(createMemoryLimits(), clock, { failures: 3, windowMs: WINDOW_MS });
  return {
    clock,
    attempts,
    /** Fails until a wait begins, and says how long it is. */
    async waitMs(): Promise<number> {
      while (!(await attempts.fail(KEY)));
      return ((await attempts.heldUntil(KEY, 0)) ?? 0) - clock.now();
    },
  };
}

describe('failures of one key', () => {
  it('are let through until the third, which begins a wait as long as their window', async () => {
    const { clock, attempts } = start();
    expect(await attempts.heldUntil(KEY, 0)).toBeUndefined();
    expect([await attempts.fail(KEY), await attempts.fail(KEY)]).toEqual([false, false]);
    expect(await attempts.heldUntil(KEY, 0)).toBeUndefined();
    expect(await attempts.fail(KEY)).toBe(true);
    expect(await attempts.heldUntil(KEY, 0)).toBe(clock.now() + WINDOW_MS);
    clock.advance(WINDOW_MS - 1);
    expect(await attempts.heldUntil(KEY, 0)).toBe(clock.now() + 1);
    clock.advance(1);
    expect(await attempts.heldUntil(KEY, 0)).toBeUndefined();
  });

  it('count together with tries under way, which may all fail', async () => {
    const { clock, attempts } = start();
    expect(await attempts.heldUntil(KEY, 2)).toBeUndefined();
    expect(await attempts.heldUntil(KEY, 3)).toBe(clock.now() + 1_000);
    await attempts.fail(KEY);
    clock.advance(10_000);
    expect(await attempts.heldUntil(KEY, 1)).toBeUndefined();
    expect(await attempts.heldUntil(KEY, 2)).toBe(clock.now() + WINDOW_MS - 10_000);
    clock.advance(WINDOW_MS - 10_001);
    // Not so soon that whoever waits comes again at once.
    expect(await attempts.heldUntil(KEY, 2)).toBe(clock.now() + 1_000);
  });

  it('are forgotten with their window, and count anew after a wait', async () => {
    const { clock, attempts } = start();
    await attempts.fail(KEY);
    await attempts.fail(KEY);
    clock.advance(WINDOW_MS);
    expect(await attempts.fail(KEY)).toBe(false);
    expect([await attempts.fail(KEY), await attempts.fail(KEY)]).toEqual([false, true]);
    clock.advance(WINDOW_MS);
    expect([await attempts.fail(KEY), await attempts.fail(KEY)]).toEqual([false, false]);
  });

  it('bring waits that are twice as long each, up to a day', async () => {
    const { clock, waitMs } = start();
    const waits: number[] = [];
    for (let at = 0; at < 13; at += 1) {
      const wait = await waitMs();
      waits.push(wait / WINDOW_MS);
      clock.advance(wait - 1);
      clock.advance(1);
    }
    const DAY = LONGEST_WAIT_MS / WINDOW_MS;
    expect(waits.slice(0, 11)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
    // A day after the first of them they are short again.
    expect(Math.max(...waits)).toBeLessThanOrEqual(DAY);
  });

  it('are a wait of a day at most, however many came', async () => {
    const clock = createSettableClock();
    const windowMs = LONGEST_WAIT_MS / 2;
    const attempts = createFailedAttempts(createMemoryLimits(), clock, { failures: 1, windowMs });
    const waits: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      expect(await attempts.fail(KEY)).toBe(true);
      waits.push(((await attempts.heldUntil(KEY, 0)) ?? 0) - clock.now());
    }
    expect(waits[0]).toBe(windowMs);
    expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
  });

  it('are forgotten with their waits when somebody says so, and only of that key', async () => {
    const { attempts, waitMs, clock } = start();
    await waitMs();
    clock.advance(WINDOW_MS);
    await waitMs();
    await attempts.fail(KEY);
    for (let at = 0; at < 3; at += 1) await attempts.fail('login:ben');
    await attempts.forget(KEY);
    expect(await attempts.heldUntil(KEY, 0)).toBeUndefined();
    expect(await attempts.heldUntil('login:ben', 0)).toBe(clock.now() + WINDOW_MS);
    expect([await attempts.fail(KEY), await attempts.fail(KEY)]).toEqual([false, false]);
    expect(await waitMs()).toBe(WINDOW_MS);
  });
});
