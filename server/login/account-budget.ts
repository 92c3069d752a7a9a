import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Lockout, Lockouts } from '../ports/lockouts.ts';

/** Sign-ins that Jellyfin is asked about at this moment. */
export interface InFlight {
  begin(key: string): void;
  end(key: string): void;
  count(key: string): number;
}

/** Beyond this an attempt counts as over though nobody said so: whoever asked has died. */
const LONGEST_MS = 60_000;

/** Makes the list; it holds as many entries as there are sign-ins under way. */
export function createInFlight(clock: Clock): InFlight {
  const beginnings = new Map<string, number[]>();
  let sweptAt = clock.now();

  function living(key: string): number[] {
    const now = clock.now();
    return (beginnings.get(key) ?? []).filter((beganAt) => now - beganAt < LONGEST_MS);
  }
  /** Whoever has died said no end. */
  function sweep(): void {
    if (Math.abs(clock.now() - sweptAt) < LONGEST_MS) return;
    sweptAt = clock.now();
    for (const key of beginnings.keys()) if (living(key).length === 0) beginnings.delete(key);
  }
  return {
    begin(key) {
      sweep();
      beginnings.set(key, [...living(key), clock.now()]);
    },
    end(key) {
      const rest = living(key).slice(1);
      if (rest.length === 0) beginnings.delete(key);
      else beginnings.set(key, rest);
    },
    count: (key) => living(key).length,
  };
}

/** How many more wrong passwords an account can take before Jellyfin locks it, from everywhere together. */
export interface AccountBudget {
  /** Takes one for a stranger's attempt; true when it does not lock the account, should it fail, or nothing can. */
  take(name: string, key: string): Promise<boolean>;
  /** Counts a failure of an attempt that nothing was taken for. */
  note(name: string, key: string): Promise<void>;
  /**
   * Brings the count to what Jellyfin's is after a sign-in or a reset, with what may be under way on top.
   *
   * @param isTaken Whether the sign-in was a stranger's, for which one was taken.
   */
  reconcile(name: string, key: string, isTaken: boolean): Promise<void>;
}

/** How long a count is kept. Jellyfin's own never ends by itself. */
const WINDOW_MS = 90 * 24 * 60 * 60_000;

/** How often Jellyfin is asked about an account whose budget is used up: it may have been signed in to directly, or unlocked. */
const LOOK_AGAIN_MS = 60_000;

/** A stranger's attempt of the last ten seconds may still be under way in some process; Jellyfin takes a second at most. */
const RECENT_MS = 10_000;

/**
 * Makes the budget. Jellyfin counts the failures of an account from everywhere, and forgets them only when somebody
 * signs in (10.11 and 12 not always then). Its count is mirrored in the store, where all processes see it, and each
 * attempt is counted there before it is made. While attempts may be under way the count is only ever raised.
 * Source: jellyfin UserManager.cs; seen on 10.8.13 to 12.0.
 */
export function createAccountBudget(parts: {
  readonly limits: Limits;
  readonly lockouts: Lockouts;
  readonly clock: Clock;
}): AccountBudget {
  const { limits, lockouts, clock } = parts;
  const turns = createOneAtATime();
  const countOf = (key: string): string => `${key}:account`;
  const recentOf = (key: string): string => `${key}:recent`;
  const usedOf = async (key: string): Promise<number> =>
    (await limits.read(countOf(key), clock.now(), WINDOW_MS)).used;
  const recentCount = async (key: string): Promise<number> =>
    (await limits.read(recentOf(key), clock.now(), RECENT_MS)).used;

  async function add(key: string, { limit }: Lockout): Promise<boolean> {
    const allowance = { points: limit - 1, windowMs: WINDOW_MS };
    return (await limits.take(countOf(key), allowance, clock.now())).isWithin;
  }
  /** Raises the count to `count`; beyond the limit one number is as good as another. */
  async function raise(key: string, lockout: Lockout, count: number): Promise<void> {
    const used = await usedOf(key);
    for (let at = used; at < Math.min(count, lockout.limit); at += 1) await add(key, lockout);
  }
  async function write(key: string, lockout: Lockout, count: number): Promise<void> {
    await limits.clear(countOf(key));
    await raise(key, lockout, count);
  }
  async function markRecent(key: string): Promise<void> {
    await limits.take(recentOf(key), { points: 1, windowMs: RECENT_MS }, clock.now());
  }
  /** Whether Jellyfin may be asked for a lower count: nothing is under way, and nobody asked in the last minute. */
  async function mayLook(key: string): Promise<boolean> {
    if ((await recentCount(key)) > 0) return false;
    const allowance = { points: 1, windowMs: LOOK_AGAIN_MS };
    return (await limits.take(`${key}:looked`, allowance, clock.now())).isWithin;
  }

  async function isWithin(name: string, key: string): Promise<boolean> {
    const lockout = await lockouts.of(name, false);
    if (lockout === undefined) return true;
    const isUsedUp = (await usedOf(key)) >= lockout.limit - 1;
    if (isUsedUp && !(await mayLook(key))) return false;
    const { failures } = (await lockouts.of(name, true)) ?? {};
    if (failures !== undefined) await (isUsedUp ? write : raise)(key, lockout, failures);
    return add(key, lockout);
  }

  return {
    note: (name, key) =>
      turns.run(key, async () => {
        const lockout = await lockouts.of(name, true);
        if (lockout?.failures !== undefined) await raise(key, lockout, lockout.failures);
        else if (lockout !== undefined) await add(key, lockout);
      }),
    reconcile: (name, key, isTaken) =>
      turns.run(key, async () => {
        // Before Jellyfin is asked: what fails meanwhile may count twice, never not at all.
        const underWay = Math.max(0, (await recentCount(key)) - (isTaken ? 1 : 0));
        const lockout = await lockouts.of(name, true);
        if (lockout === undefined) await limits.clear(countOf(key));
        // Where its count cannot be had, a sign-in is taken to have cleared it.
        else await write(key, lockout, (lockout.failures ?? 0) + underWay);
      }),
    take: (name, key) =>
      turns.run(key, async () => {
        const may = await isWithin(name, key);
        if (may) await markRecent(key);
        return may;
      }),
  };
}
