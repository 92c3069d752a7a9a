import { describe, expect, it } from 'vitest';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { testLimits } from '../ports/limits.contract.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('limits in memory', () => {
  testLimits(async () => createMemoryLimits());

  it('hold no more keys than they may; those that have ended go first', async () => {
    const limits = createMemoryLimits(3);
    await limits.take('lasting', { points: 1, windowMs: 60_000 }, 0);
    await limits.take('short-1', { points: 1, windowMs: 10 }, 0);
    await limits.take('short-2', { points: 1, windowMs: 10 }, 0);
    await limits.take('new', { points: 1, windowMs: 60_000 }, 100);
    expect((await limits.read('lasting', 100)).used).toBe(1);
    await limits.take('newer', { points: 1, windowMs: 60_000 }, 100);
    await limits.take('newest', { points: 1, windowMs: 60_000 }, 100);
    expect((await limits.read('lasting', 100)).used).toBe(0);
    expect((await limits.read('newest', 100)).used).toBe(1);
  });

  it('lose a twentieth and no more when all end at the same moment, and nothing for a key that is there', async () => {
    const limits = createMemoryLimits(40);
    const keys = Array.from({ length: 40 }, (_, at) => `key-${at}`);
    const left = async (): Promise<number> => {
      const states = await Promise.all(keys.map((key) => limits.read(key, 1)));
      return states.filter(({ used }) => used > 0).length;
    };
    for (const key of keys) await limits.take(key, { points: 1, windowMs: 1_000 }, 0);
    await limits.take('key-39', { points: 1, windowMs: 1_000 }, 1);
    expect(await left()).toBe(40);
    await limits.take('new', { points: 1, windowMs: 1_000 }, 1);
    expect(await left()).toBe(38);
  });

  it('keep what lasts for days, however many made-up keys come after it, and stay as many as they may be', async () => {
    const limits = createMemoryLimits(1_000);
    const made = Array.from({ length: 10_000 }, (_, at) => `login:${at}:tries`);
    await limits.take('login:anna:home:known', { points: 1, windowMs: 90 * DAY_MS }, 0);
    for (const [at, key] of made.entries()) await limits.take(key, { points: 5, windowMs: 900_000 }, at);
    expect((await limits.read('login:anna:home:known', 10_000, 90 * DAY_MS)).used).toBe(1);
    const left = await Promise.all(made.map((key) => limits.read(key, 10_000)));
    expect(left.filter(({ used }) => used > 0).length).toBeLessThan(1_000);
    expect(left.at(-1)?.used).toBe(1);
  });

  it('make room without looking at every key for each new one', async () => {
    const limits = createMemoryLimits(50_000);
    let made = 0;
    const timeOf = async (count: number): Promise<number> => {
      const beganAt = performance.now();
      for (const end = made + count; made < end; made += 1) {
        await limits.take(`key ${made}`, { points: 1, windowMs: DAY_MS }, made);
      }
      return performance.now() - beganAt;
    };
    const whileEmpty = await timeOf(50_000);
    // Each look at all keys takes some hundred times as long as one key.
    expect(await timeOf(5_000)).toBeLessThan(10 * whileEmpty);
  }, 120_000);
});
