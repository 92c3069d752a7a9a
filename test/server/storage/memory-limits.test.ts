import { describe, expect, it } from 'vitest';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { testLimits } from '../ports/limits.contract.ts';

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
});
