import type { LinkState } from '../ports.ts';
import { integer, type Row, text } from './row.ts';

/** Columns {@link toLinkState} reads. */
export const LINK_STATE_COLUMNS = 'user_id, user_name, expires_at, claimed_until, used_at';

/** The state of a row of the reset_links table; undefined: there is none. */
export function toLinkState(row: Row | undefined, now: number): LinkState {
  if (row === undefined) return { state: 'unknown' };
  if (row['used_at'] !== null) return { state: 'used' };
  if (integer(row, 'expires_at') <= now) return { state: 'expired' };
  if (integer(row, 'claimed_until') > now) return { state: 'busy' };
  return { state: 'open', userId: text(row, 'user_id'), userName: text(row, 'user_name') };
}
