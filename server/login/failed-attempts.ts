import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';

/** How many failures are let through, and how long the waits behind them are. */
export interface FailedAttemptRules {
  /** Failures until the first wait. */
  readonly failures: number;
  /** The failures count together within this time, and the first wait is as long; each further one is twice as long. */
  readonly windowMs: number;
}

/** Counts failures of a key, and says what waits they bring. */
export interface FailedAttempts {
  /** Failures until the first wait. */
  readonly failures: number;
  /** Says when the key may be tried again; undefined: now. `inFlight` tries are under way and may all fail. */
  heldUntil(key: string, inFlight: number): Promise<number | undefined>;
  /** Counts a failure; true when a wait begins with it. */
  fail(key: string): Promise<boolean>;
  /** Forgets failures and waits. */
  forget(key: string): Promise<void>;
}

/** The longest wait, in milliseconds; for as long, too, waits are remembered, so that the next one is longer. */
export const LONGEST_WAIT_MS = 24 * 60 * 60_000;

/** Makes the count over a store of limits. Waits grow to a day. */
export function createFailedAttempts(
  limits: Limits,
  clock: Clock,
  { failures, windowMs }: FailedAttemptRules,
): FailedAttempts {
  const triesOf = (key: string): string => `${key}:tries`;
  const waitOf = (key: string): string => `${key}:wait`;
  const waitsOf = (key: string): string => `${key}:waits`;

  return {
    failures,
    async heldUntil(key, inFlight) {
      const now = clock.now();
      const wait = await limits.read(waitOf(key), now);
      if (wait.used > 0) return wait.endsAt;
      const tries = await limits.read(triesOf(key), now);
      return tries.used + inFlight < failures ? undefined : Math.max(tries.endsAt, now + 1_000);
    },
    async fail(key) {
      const now = clock.now();
      const tries = await limits.take(triesOf(key), { points: failures, windowMs }, now);
      if (tries.used < failures) return false;
      const { used } = await limits.take(waitsOf(key), { points: 1, windowMs: LONGEST_WAIT_MS }, now);
      const waitMs = Math.min(LONGEST_WAIT_MS, windowMs * 2 ** Math.min(used - 1, 20));
      await limits.take(waitOf(key), { points: 1, windowMs: waitMs }, now);
      await limits.clear(triesOf(key));
      return true;
    },
    async forget(key) {
      for (const one of [triesOf(key), waitOf(key), waitsOf(key)]) await limits.clear(one);
    },
  };
}
