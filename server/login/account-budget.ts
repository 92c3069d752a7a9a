import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Lockout, Lockouts } from '../ports/lockouts.ts';

/** How many more wrong passwords an account can take before Jellyfin locks it, from everywhere together. */
export interface AccountBudget {
  /** Takes one for a stranger's attempt; true when it does not lock the account, should it fail, or nothing can. */
  take(name: string, key: string): Promise<boolean>;
  /** Counts a failure of an attempt that nothing was taken for. */
  note(name: string, key: string): Promise<void>;
  /**
   * Sets the count to Jellyfin's after a sign-in or a reset, with what may be under way on top.
   *
   * @param isTaken Whether the sign-in was a stranger's, for which one was taken.
   */
  synchronize(name: string, key: string, isTaken: boolean): Promise<void>;
  /** How many failures count towards the lockout of the account. */
  used(key: string): Promise<number>;
  /** Counts from 0 again; Jellyfin's own count stays as it is, and is seen at the next attempt. */
  forget(key: string): Promise<void>;
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
 * attempt is counted there before it is made. While attempts may be under way the count is only ever raised; it is lowered by
 * what it was too high, never set, so that no process undoes what another counts at that moment.
 * Source: jellyfin UserManager.cs; seen on 10.8.13 to 12.0.
 */
export function createAccountBudget(parts: {
  readonly limits: Limits;
  readonly lockouts: Lockouts;
  readonly clock: Clock;
}): AccountBudget {
  const { limits, lockouts, clock } = parts;
  const perAccount = createOneAtATime();
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
  /** Brings the count from what it was to `count`; what was added meanwhile, in whatever process, stays on top. */
  async function bring(key: string, lockout: Lockout, used: number, count: number): Promise<void> {
    if (used > count) await limits.giveBack(countOf(key), used - count);
    else await raise(key, lockout, count);
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
    const used = await usedOf(key);
    const isUsedUp = used >= lockout.limit - 1;
    if (isUsedUp && !(await mayLook(key))) return false;
    const { failures } = (await lockouts.of(name, true)) ?? {};
    if (failures !== undefined) {
      if (isUsedUp) await bring(key, lockout, used, failures);
      else await raise(key, lockout, failures);
    }
    // Before it is counted: whoever sees it in the count sees, too, that it is under way.
    await markRecent(key);
    const may = await add(key, lockout);
    if (!may) await limits.giveBack(recentOf(key), 1);
    return may;
  }

  return {
    used: usedOf,
    forget: (key) =>
      perAccount.run(key, async () => {
        for (const one of [countOf(key), `${key}:looked`]) await limits.clear(one);
      }),
    note: (name, key) =>
      perAccount.run(key, async () => {
        const lockout = await lockouts.of(name, true);
        if (lockout?.failures !== undefined) await raise(key, lockout, lockout.failures);
        else if (lockout !== undefined) await add(key, lockout);
      }),
    synchronize: (name, key, isTaken) =>
      perAccount.run(key, async () => {
        // All before Jellyfin is asked: what fails meanwhile may count twice, never not at all.
        const used = await usedOf(key);
        const underWay = Math.max(0, (await recentCount(key)) - (isTaken ? 1 : 0));
        const lockout = await lockouts.of(name, true);
        if (lockout === undefined) await limits.clear(countOf(key));
        // Where its count cannot be had, a sign-in is taken to have cleared it.
        else await bring(key, lockout, used, (lockout.failures ?? 0) + underWay);
      }),
    take: (name, key) => perAccount.run(key, () => isWithin(name, key)),
  };
}
