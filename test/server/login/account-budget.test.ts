import { describe, expect, it } from 'vitest';
import { createAccountBudget } from '../../../server/login/account-budget.ts';
import type { Lockout } from '../../../server/ports/lockouts.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';

const MINUTE_MS = 60_000;
const KEY = 'login:ana';

/** A budget in front of a Jellyfin that has counted `failures`, with 5 as its limit unless said otherwise. */
function start(jellyfin: { lockout: Lockout | undefined } = { lockout: { limit: 5, failures: 0 } }) {
  const clock = createSettableClock();
  const limits = createMemoryLimits();
  const asked: boolean[] = [];
  const budget = createAccountBudget({
    limits,
    clock,
    lockouts: {
      async of(_name, isFresh) {
        asked.push(isFresh);
        const { lockout } = jellyfin;
        return lockout && { limit: lockout.limit, failures: isFresh ? lockout.failures : undefined };
      },
      keyOf: async (name) => name,
      accountOf: async () => undefined,
    },
  });
  const take = (key = KEY): Promise<boolean> => budget.take('ana', key);
  return {
    ...{ clock, budget, asked, jellyfin, take },
    /** Whether each of so many attempts may be made. */
    async takes(times: number): Promise<boolean[]> {
      const taken: boolean[] = [];
      for (let at = 0; at < times; at += 1) taken.push(await take());
      return taken;
    },
    /** How many attempts may be made before the next one is held. */
    async room(): Promise<number> {
      let room = 0;
      while (room < 20 && (await take())) room += 1;
      return room;
    },
  };
}

describe('the budget of an account', () => {
  it('is one less than what locks it', async () => {
    const { takes } = start();
    expect(await takes(6)).toEqual([true, true, true, true, false, false]);
  });

  it('has no end for an account that is never locked', async () => {
    const { room, asked } = start({ lockout: undefined });
    expect(await room()).toBe(20);
    expect(asked).not.toContain(true);
  });

  it('is less by what Jellyfin has counted already, and of each account its own', async () => {
    const { take, room } = start({ lockout: { limit: 5, failures: 3 } });
    expect(await room()).toBe(1);
    expect(await take('login:ben')).toBe(true);
    expect(await take('login:ben')).toBe(false);
  });

  it('is of each account its own, with what is under way and when Jellyfin was asked about it', async () => {
    const { takes, take, budget, jellyfin, clock } = start({ lockout: { limit: 5, failures: undefined } });
    await takes(4);
    const ofBen: boolean[] = [];
    for (let at = 0; at < 5; at += 1) ofBen.push(await take('login:ben'));
    expect(ofBen).toEqual([true, true, true, true, false]);
    await budget.synchronize('cleo', 'login:cleo', false);
    for (let at = 0; at < 4; at += 1) expect(await take('login:cleo')).toBe(true);
    jellyfin.lockout = { limit: 5, failures: 3 };
    clock.advance(10_000);
    expect([await take(), await take('login:ben'), await take('login:cleo')]).toEqual([true, true, true]);
  });

  it('is used up when Jellyfin has counted as many as lock it, or more', async () => {
    for (const failures of [4, 5, 50])
      expect(await start({ lockout: { limit: 5, failures } }).room()).toBe(0);
  });

  it('counts by itself while Jellyfin cannot be asked', async () => {
    expect(await start({ lockout: { limit: 5, failures: undefined } }).room()).toBe(4);
  });

  it('is never more for what Jellyfin says while attempts may be under way', async () => {
    const { takes, jellyfin, room } = start({ lockout: { limit: 5, failures: 2 } });
    await takes(1);
    jellyfin.lockout = { limit: 5, failures: 0 };
    expect(await room()).toBe(1);
  });

  it('is of as many at once as one after the other', async () => {
    const { take } = start();
    const taken = await Promise.all(Array.from({ length: 20 }, () => take()));
    expect(taken.filter((may) => may)).toHaveLength(4);
  });

  it('is what Jellyfin says again, asked once a minute when nothing was under way for ten seconds', async () => {
    const { takes, take, jellyfin, clock, asked } = start();
    await takes(4);
    jellyfin.lockout = { limit: 5, failures: 0 };
    asked.length = 0;
    expect(await take()).toBe(false);
    clock.advance(9_999);
    expect(await take()).toBe(false);
    expect(asked).not.toContain(true);
    clock.advance(1);
    expect(await takes(5)).toEqual([true, true, true, true, false]);
    // The minute began with that look.
    clock.advance(MINUTE_MS - 1);
    expect(await take()).toBe(false);
    clock.advance(1);
    expect(await take()).toBe(true);
  });

  it('stays used up when Jellyfin, asked again, says the same', async () => {
    const { takes, take, jellyfin, clock } = start();
    await takes(4);
    jellyfin.lockout = { limit: 5, failures: 4 };
    clock.advance(10_000);
    expect(await take()).toBe(false);
    jellyfin.lockout = { limit: 5, failures: undefined };
    clock.advance(MINUTE_MS);
    expect(await take()).toBe(false);
    jellyfin.lockout = undefined;
    clock.advance(MINUTE_MS);
    expect(await take()).toBe(true);
  });

  it('is kept for 90 days', async () => {
    const { takes, take, jellyfin, clock } = start();
    jellyfin.lockout = { limit: 5, failures: undefined };
    await takes(4);
    clock.advance(90 * 24 * 60 * MINUTE_MS - 1);
    expect(await take()).toBe(false);
    clock.advance(1);
    expect(await take()).toBe(true);
  });
});

describe('a failure that nothing was taken for', () => {
  it('is counted as Jellyfin counts it', async () => {
    const { budget, jellyfin, room } = start({ lockout: { limit: 5, failures: 2 } });
    await budget.note('ana', KEY);
    jellyfin.lockout = { limit: 5, failures: undefined };
    expect(await room()).toBe(2);
  });

  it('is one more where Jellyfin cannot be asked, and nothing where no account is locked', async () => {
    const { budget, jellyfin, room } = start({ lockout: { limit: 5, failures: undefined } });
    await budget.note('ana', KEY);
    expect(await room()).toBe(3);
    jellyfin.lockout = undefined;
    await budget.note('ana', KEY);
    expect(await room()).toBe(20);
  });
});

describe('after a sign-in', () => {
  it('the budget is whole again, less by what Jellyfin did not forget', async () => {
    for (const failures of [0, 2, undefined]) {
      const { budget, jellyfin, clock, room, takes } = start();
      await takes(4);
      clock.advance(10_000);
      jellyfin.lockout = { limit: 5, failures };
      await budget.synchronize('ana', KEY, false);
      jellyfin.lockout = { limit: 5, failures: undefined };
      expect(await room(), `${failures}`).toBe(4 - (failures ?? 0));
    }
  });

  it('attempts of the last ten seconds count on top, but not the one that was taken for it', async () => {
    for (const [isTaken, left] of [
      [true, 3],
      [false, 2],
    ] as const) {
      const { budget, room, takes, jellyfin } = start();
      await takes(2);
      await budget.synchronize('ana', KEY, isTaken);
      jellyfin.lockout = { limit: 5, failures: undefined };
      expect(await room(), `${isTaken}`).toBe(left);
    }
  });

  it('nothing is left of the count of an account that is locked no more', async () => {
    const { budget, jellyfin, takes, room } = start();
    await takes(4);
    jellyfin.lockout = undefined;
    await budget.synchronize('ana', KEY, false);
    jellyfin.lockout = { limit: 5, failures: undefined };
    expect(await room()).toBe(4);
  });

  it('without anything under way no more than nothing is', async () => {
    const { budget, room } = start();
    await budget.synchronize('ana', KEY, true);
    expect(await room()).toBe(4);
  });
});
