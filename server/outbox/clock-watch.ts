import type { Clock } from '../ports.ts';

/** What the wall clock may differ from a stopwatch before it counts as a jump; drift and slewing stay below. */
export const JUMP_TOLERANCE_MS = 1_000;

/** Notices that the wall clock was set. */
export interface ClockWatch {
  /** By how much the clock was set since the last look, in ms, backwards below 0; 0 when it was not. */
  look(): number;
}

/**
 * Makes the watch. Leases and due times are wall-clock times, because several processes and restarts share them; this
 * tells when they cannot be believed. A machine that slept looks like a clock set forward, and is meant to.
 *
 * @param elapsedMs A stopwatch that nobody sets, such as `performance.now`.
 */
export function createClockWatch(clock: Clock, elapsedMs: () => number): ClockWatch {
  let wall = clock.now();
  let stopwatch = elapsedMs();
  return {
    look: () => {
      const nowWall = clock.now();
      const nowStopwatch = elapsedMs();
      const jumpMs = nowWall - wall - (nowStopwatch - stopwatch);
      wall = nowWall;
      stopwatch = nowStopwatch;
      return Math.abs(jumpMs) < JUMP_TOLERANCE_MS ? 0 : Math.round(jumpMs);
    },
  };
}
