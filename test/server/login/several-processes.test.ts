import { describe, expect, it } from 'vitest';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createMemoryPlaces } from '../../../server/storage/memory-places.ts';
import { startThrottle } from '../../support/jellyfin/started-throttle.ts';

/** As many throttles as there are processes, over one store. */
function startSeveral(lockout?: { limit: number; failures: number | undefined }) {
  const shared = { limits: createMemoryLimits(), places: createMemoryPlaces() };
  return [1, 2, 3].map(() => startThrottle({ ...shared, ...(lockout && { lockout }) }));
}

/** How many of these attempts are let through. */
async function letThrough(asking: readonly Promise<{ isHeld: boolean }>[]): Promise<number> {
  return (await Promise.all(asking)).filter(({ isHeld }) => !isHeld).length;
}

describe('several processes', () => {
  it('let through as many wrong passwords at once as one does', async () => {
    const throttles = startSeveral();
    const crowd = throttles.flatMap(({ begin }) => Array.from({ length: 10 }, () => begin()));
    const passed = await letThrough(crowd);
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThanOrEqual(3);
  });

  it('know of each other what is under way, and that it is over', async () => {
    const [one, two] = startSeveral();
    for (let n = 0; n < 3; n += 1) expect(await one?.begin()).toEqual({ isHeld: false });
    expect(await two?.begin()).toEqual({ isHeld: true, waitSeconds: 1 });
    await one?.end('neither');
    expect(await two?.begin()).toEqual({ isHeld: false });
    // Whoever asked and whoever tells the end need not be the same.
    await two?.end('neither');
    await two?.end('neither');
    expect(
      await letThrough([one?.begin(), one?.begin()].map(async (asked) => (await asked) ?? { isHeld: true })),
    ).toBe(2);
  });

  it('free what a process that died had under way after a minute', async () => {
    const [dead, alive] = startSeveral();
    for (let n = 0; n < 3; n += 1) await dead?.begin();
    alive?.clock.advance(59_999);
    expect((await alive?.begin())?.isHeld).toBe(true);
    alive?.clock.advance(1);
    expect((await alive?.begin())?.isHeld).toBe(false);
  });

  it('lock no account together that one would not, whatever a sign-in of its owner clears meanwhile', async () => {
    const throttles = startSeveral({ limit: 4, failures: 0 });
    // Each stranger from a network of their own; the owner signs in from a known one in the middle of it.
    const strangers = throttles.flatMap(({ begin }, process) =>
      Array.from({ length: 8 }, (_, n) => begin(`198.51.${process}.${n}`)),
    );
    const owner = throttles[0]?.end('success', '203.0.113.9');
    const passed = await letThrough(strangers);
    await owner;
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThanOrEqual(3);
  });
});
