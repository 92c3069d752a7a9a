import type { LimitState } from '../ports.ts';
import { integer, type Row } from './row.ts';

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
export function toLimitState(row: Row | undefined, now: number): LimitState {
  if (row === undefined || integer(row, 'ends_at') <= now) return unusedLimit(now);
  const used = integer(row, 'used');
  return { isWithin: used < integer(row, 'points'), used, endsAt: integer(row, 'ends_at') };
}
