import type { MessageCount, MessageLimit } from '../../ports/message-bounds.ts';
import { ASKED_MESSAGE_KINDS } from '../../ports/message-kinds.ts';
import type { MessageBounds, NewMessage } from '../../ports/outbox-store.ts';
import { integer, toLimitState } from '../rows.ts';
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

/** How many messages that were asked for an account got between two times; those of one request count once. */
export function countAsked(
  sql: Sql,
  userId: string,
  { since, until }: Pick<MessageLimit, 'since' | 'until'>,
): number {
  const row = sql(
    `SELECT COUNT(DISTINCT COALESCE(request_key, id)) AS many FROM outbox
     WHERE user_id = ? AND created_at > ? AND created_at <= ?
       AND kind IN (SELECT value FROM json_each(?))`,
  ).get(userId, since, until, JSON.stringify(ASKED_MESSAGE_KINDS));
  return row === undefined ? 0 : integer(row, 'many');
}

/** Whether an account had as many messages that were asked for as one of the limits allows. */
export function isOverLimit(sql: Sql, userId: string, { perAccount, countedFrom }: MessageBounds): boolean {
  const from = countedFrom?.get(userId) ?? 0;
  return perAccount.some(
    ({ perAccount: most, since, until }) =>
      countAsked(sql, userId, { since: Math.max(since, from), until }) >= most,
  );
}
