import type { Clock } from '../ports.ts';

/** Keeps a lane from hammering what is down. */
export interface Gate {
  /** How many more pieces of work may start now, when `running` are under way. */
  allowance(running: number): number;
  /** When `allowance` may be above 0 again; undefined when time alone changes nothing. */
  opensAt(): number | undefined;
  /** Work starts. */
  start(): void;
  /** The other side answered. True when it had been away before. */
  succeed(): boolean;
  /** The other side is away. */
  fail(): void;
}

const SHORTEST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Makes the gate of a lane. Until the other side has answered, and again after it was found away, one try is made
 * at a time, at most one a second, later every 15 s; once it answers, `width` at a time.
 */
export function createGate(width: number, clock: Clock): Gate {
  let isProven = false;
  let failures = 0;
  let startedAt = Number.NEGATIVE_INFINITY;

  function opensAt(): number | undefined {
    if (failures === 0) return undefined;
    const pauseMs = Math.min(SHORTEST_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MS);
    return startedAt + pauseMs;
  }
  return {
    allowance: (running) => {
      if (isProven) return Math.max(0, width - running);
      if (running > 0) return 0;
      const now = clock.now();
      // A clock that was set back must not keep the gate shut until it has caught up.
      return now >= (opensAt() ?? now) || now < startedAt ? 1 : 0;
    },
    opensAt,
    start: () => {
      startedAt = clock.now();
    },
    succeed: () => {
      const wasAway = failures > 0;
      isProven = true;
      failures = 0;
      return wasAway;
    },
    fail: () => {
      isProven = false;
      failures += 1;
    },
  };
}
