import type { LimitState } from '../ports.ts';
import { integer, type Row } from './row.ts';

/**
 * How much later than its window allows the end of a count may stand: clocks of several machines differ. One that
 * stands later still was written before the clock was set back, and would lock people out until the clock catches up.
 */
export const CLOCK_SKEW_MS = 60_000;

/** The longest window of a key whose window a look is not told. */
const LONGEST_WINDOW_MS = 24 * 60 * 60_000;

/** Whether a count that ends then is one to go by. */
export function isRunning(endsAt: number, now: number, windowMs = LONGEST_WINDOW_MS): boolean {
  return endsAt > now && endsAt <= now + windowMs + CLOCK_SKEW_MS;
}

/** What a key without takes looks like. */
export function unusedLimit(now: number): LimitState {
  return { isWithin: true, used: 0, endsAt: now };
}

/** How a take ended, from the row it left. */
export function toTaken(row: Row, points: number): LimitState {
  const used = integer(row, 'used');
  return { isWithin: used <= points, used, endsAt: integer(row, 'ends_at') };
}

/** What the next take would find. */
export function toLimitState(row: Row | undefined, now: number, windowMs?: number): LimitState {
  if (row === undefined || !isRunning(integer(row, 'ends_at'), now, windowMs)) return unusedLimit(now);
  const used = integer(row, 'used');
  return { isWithin: used < integer(row, 'points'), used, endsAt: integer(row, 'ends_at') };
}
