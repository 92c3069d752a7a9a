import type { Clock } from '../ports.ts';

/** Keeps a lane from hammering what is down. */
export interface Gate {
  /** How many more pieces of work may start now, when `running` are under way. */
  allowance(running: number): number;
  /** When `allowance` may be above 0 again; undefined when time alone changes nothing. */
  opensAt(): number | undefined;
  /** The other side answered. True when it had been away before. */
  succeed(): boolean;
  /** The other side is away. */
  fail(): void;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Makes the gate of a lane. Until the other side has answered, and again after it was found away, one try is made
 * at a time, each a second after the last failed, later 15 s; once it answers, `width` at a time.
 */
export function createGate(width: number, clock: Clock): Gate {
  let isProven = false;
  let failures = 0;
  let failedAt = Number.NEGATIVE_INFINITY;

  function opensAt(): number | undefined {
    if (failures === 0) return undefined;
    const pauseMs = Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
    return failedAt + pauseMs;
  }
  return {
    allowance: (running) => {
      if (isProven) return Math.max(0, width - running);
      if (running > 0) return 0;
      const now = clock.now();
      // A clock that was set back must not keep the gate shut until it has caught up.
      return now >= (opensAt() ?? now) || now < failedAt ? 1 : 0;
    },
    opensAt,
    succeed: () => {
      const wasAway = failures > 0;
      isProven = true;
      failures = 0;
      return wasAway;
    },
    fail: () => {
      isProven = false;
      const now = clock.now();
      // What fails together is one failure: all of it was under way when the other side went.
      if (now - failedAt >= SHORTEST_PAUSE_MS) failures += 1;
      failedAt = now;
    },
  };
}
