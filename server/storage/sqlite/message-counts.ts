import type { MessageCount } from '../../ports/message-bounds.ts';
import type { MessageBounds, NewMessage } from '../../ports/outbox-store.ts';
import { toLimitState } from '../rows.ts';
import type { Sql } from './database.ts';

/** When a message is counted, and whether no message of its request was stored before. */
export interface Counting {
  readonly now: number;
  readonly isFirst: boolean;
}

/**
 * Counts a message, in the transaction that stores it, towards the ceiling and towards what it counts for. The further messages of
 * a request go with its first, whatever the ceiling says.
 *
 * @returns `full`: the ceiling has no room, `over`: one of the others has none; it was counted nowhere.
 */
export function countMessage(
  sql: Sql,
  message: NewMessage,
  { ceiling, countsOf }: MessageBounds,
  { isFirst, now }: Counting,
): 'counted' | 'over' | 'full' {
  const counts = countsOf?.(message) ?? [];
  if (ceiling !== undefined && isFirst && usedOf(sql, ceiling, now) >= ceiling.points) return 'full';
  if (counts.some((count) => usedOf(sql, count, now) >= count.points)) return 'over';
  for (const count of ceiling === undefined ? counts : [ceiling, ...counts]) take(sql, count, now);
  return 'counted';
}

function usedOf(sql: Sql, { key, windowMs }: MessageCount, now: number): number {
  return toLimitState(sql('SELECT * FROM limits WHERE key = ?').get(key), now, windowMs).used;
}

function take(sql: Sql, count: MessageCount, now: number): void {
  const { key, points, windowMs } = count;
  const used = usedOf(sql, count, now);
  if (used > 0) sql('UPDATE limits SET points = ?, used = used + 1 WHERE key = ?').run(points, key);
  else
    sql('INSERT OR REPLACE INTO limits (key, points, used, ends_at) VALUES (?, ?, 1, ?)').run(
      ...[key, points, now + windowMs],
    );
}
