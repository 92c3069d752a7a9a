import { describe, expect, it } from 'vitest';
import { createRequestLimits, type RequestAllowances } from '../../../server/reset/request-reset.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';

const HOUR_MS = 60 * 60_000;
const HERE = '203.0.113.7';
const THERE = '198.51.100.9';

function start(allowances: Partial<RequestAllowances> = {}) {
  const clock = createSettableClock();
  const limits = createRequestLimits(
    createMemoryLimits(),
    { requestsPerClientPerHour: 5, requestsPerHour: 100, proofOfWork: 'auto', ...allowances },
    clock,
  );
  return {
    clock,
    limits,
    async takes(times: number, from = HERE): Promise<boolean[]> {
      const taken: boolean[] = [];
      for (let at = 0; at < times; at += 1) taken.push(await limits.take(from));
      return taken;
    },
  };
}

describe('requests of one network', () => {
  it('are as many in an hour as it may have, and one more is refused', async () => {
    const { takes, clock } = start();
    expect(await takes(6)).toEqual([true, true, true, true, true, false]);
    expect(await takes(1, THERE)).toEqual([true]);
    clock.advance(HOUR_MS - 1);
    expect(await takes(1)).toEqual([false]);
    clock.advance(1);
    expect(await takes(1)).toEqual([true]);
  });

  it('are those of a whole /64 of IPv6', async () => {
    const { takes } = start();
    await takes(5, '2001:db8:1:2::1');
    expect(await takes(1, '2001:db8:1:2:ffff::9')).toEqual([false]);
    expect(await takes(1, '2001:db8:1:3::1')).toEqual([true]);
  });

  it.each([
    [5, 2],
    [4, 2],
    [1, 1],
    [2, 1],
  ])('of %i an hour need no proof of work for the first %i', async (requestsPerClientPerHour, free) => {
    const { takes, limits } = start({ requestsPerClientPerHour });
    await takes(free - 1);
    expect(await limits.needsProof(HERE)).toBe(false);
    await takes(1);
    expect(await limits.needsProof(HERE)).toBe(true);
    // Asking takes nothing, and nobody else works for it.
    expect(await limits.needsProof(THERE)).toBe(false);
  });
});

describe('requests of everybody', () => {
  it('are refused to nobody, but need a proof of work once they are as many as they may be in an hour', async () => {
    const { takes, limits, clock } = start({ requestsPerHour: 3 });
    await takes(1);
    await takes(1, THERE);
    expect(await limits.needsProof('192.0.2.1')).toBe(false);
    await takes(1, '192.0.2.2');
    expect(await limits.needsProof('192.0.2.1')).toBe(true);
    expect(await takes(1, '192.0.2.1')).toEqual([true]);
    clock.advance(HOUR_MS);
    expect(await limits.needsProof('192.0.2.1')).toBe(false);
  });

  it('do not count those that were refused', async () => {
    const { takes, limits } = start({ requestsPerHour: 6 });
    await takes(20);
    expect(await limits.needsProof(THERE)).toBe(false);
    await takes(1, THERE);
    expect(await limits.needsProof('192.0.2.1')).toBe(true);
  });

  it.each([
    ['always', true],
    ['never', false],
  ] as const)('need a proof of work %s when the administrator says so', async (proofOfWork, isNeeded) => {
    const { takes, limits } = start({ proofOfWork, requestsPerHour: 1 });
    expect(await limits.needsProof(HERE)).toBe(isNeeded);
    await takes(5);
    expect(await limits.needsProof(HERE)).toBe(isNeeded);
  });
});
