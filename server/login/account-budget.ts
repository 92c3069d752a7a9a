import { createOneAtATime } from '../jellyfin/one-at-a-time.ts';
import type { Clock, Limits } from '../ports.ts';
import type { InFlight } from './in-flight.ts';
import type { Lockout, Lockouts } from './lockouts.ts';

/** How many more wrong passwords an account can take before Jellyfin locks it, from everywhere together. */
export interface AccountBudget {
  /**
   * Takes one for an attempt, which then is in flight, whatever the answer: true when it does not lock the account,
   * should it fail. Always true for accounts without a lockout.
   */
  take(name: string, key: string): Promise<boolean>;
  /** Counts a failure of an attempt that nothing was taken for. */
  note(name: string, key: string): Promise<void>;
  /** Brings the count to what Jellyfin's is after a sign-in or a reset, with what is under way on top. */
  settle(name: string, key: string): Promise<void>;
}

/** How long a count is kept. Jellyfin's own never ends by itself. */
const WINDOW_MS = 90 * 24 * 60 * 60_000;

/** How often Jellyfin is asked about an account whose budget is used up: it may have been signed in to directly, or unlocked. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Makes the budget. Jellyfin counts the failures of an account from everywhere, and forgets them only when somebody
 * signs in (10.11 and 12 not always then). Its count is mirrored in the store, where several processes see it and where
 * attempts under way count too. Source: jellyfin UserManager.cs; seen on 10.8.13 to 12.0.
 */
export function createAccountBudget(parts: {
  readonly limits: Limits;
  readonly lockouts: Lockouts;
  readonly inFlight: InFlight;
  readonly clock: Clock;
}): AccountBudget {
  const { limits, lockouts, inFlight, clock } = parts;
  const turns = createOneAtATime();
  const countOf = (key: string): string => `${key}:account`;

  async function add(key: string, { limit }: Lockout): Promise<boolean> {
    const allowance = { points: limit - 1, windowMs: WINDOW_MS };
    return (await limits.take(countOf(key), allowance, clock.now())).isWithin;
  }
  async function write(key: string, lockout: Lockout, count: number): Promise<void> {
    await limits.clear(countOf(key));
    // Beyond the limit one number is as good as another.
    for (let at = 0; at < Math.min(count, lockout.limit); at += 1) await add(key, lockout);
  }
  /** Answers false where Jellyfin's count cannot be had. */
  async function mirror(name: string, key: string): Promise<boolean> {
    // Before Jellyfin is asked: what fails meanwhile may count twice, never not at all.
    const underWay = inFlight.count(key);
    const lockout = await lockouts.of(name, true);
    if (lockout?.failures === undefined) return false;
    await write(key, lockout, lockout.failures + underWay);
    return true;
  }
  /** One caller in a minute, over all processes. */
  async function mayLook(key: string): Promise<boolean> {
    const allowance = { points: 1, windowMs: LOOK_AGAIN_MS };
    return (await limits.take(`${key}:looked`, allowance, clock.now())).isWithin;
  }

  async function isWithin(name: string, key: string): Promise<boolean> {
    const lockout = await lockouts.of(name, false);
    if (lockout === undefined) return true;
    const { used } = await limits.read(countOf(key), clock.now());
    if (used < lockout.limit - 1 || (await mayLook(key))) await mirror(name, key);
    return add(key, lockout);
  }
  /** Somebody signed in. Where Jellyfin's count cannot be had, that is taken to have cleared it. */
  async function clear(name: string, key: string): Promise<void> {
    if (await mirror(name, key)) return;
    const lockout = await lockouts.of(name, false);
    if (lockout === undefined) await limits.clear(countOf(key));
    else await write(key, lockout, inFlight.count(key));
  }

  return {
    note: (name, key) =>
      turns.run(key, async () => {
        if (await mirror(name, key)) return;
        const lockout = await lockouts.of(name, false);
        if (lockout !== undefined) await add(key, lockout);
      }),
    settle: (name, key) => turns.run(key, () => clear(name, key)),
    take: (name, key) =>
      turns.run(key, async () => {
        try {
          return await isWithin(name, key);
        } finally {
          inFlight.begin(key);
        }
      }),
  };
}
