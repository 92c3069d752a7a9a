import type { Clock } from '../../server/ports/clock.ts';

/** A clock that stands still until it is moved. */
export interface SettableClock extends Clock {
  advance(ms: number): void;
}

/** Makes one; it starts at a fixed moment. */
export function createSettableClock(startMs = Date.UTC(2026, 0, 1)): SettableClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms;
    },
  };
}
