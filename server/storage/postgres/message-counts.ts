import type { MessageCount, MessageLimit } from '../../ports/message-bounds.ts';
import { ASKED_MESSAGE_KINDS } from '../../ports/message-kinds.ts';
import type { MessageBounds, NewMessage } from '../../ports/outbox-store.ts';
import { CLOCK_SKEW_MS, integer } from '../rows.ts';
import type { Query } from './database.ts';

/** Takes and gives back inside one transaction; what it has touched, no other changes until that ends. */
export interface Counter {
  /** Takes one if there is room, or in any case; false: there was none. */
  take(count: MessageCount, isForced: boolean): Promise<boolean>;
  giveBack(count: MessageCount): Promise<void>;
}

/** Makes one over the table of limits. */
export function createCounter(query: Query, now: number): Counter {
  return {
    take: async ({ key, points, windowMs }, isForced) => {
      const isRunning = 'kept.ends_at > $3 AND kept.ends_at <= $5';
      const taken = await query(
        `INSERT INTO @limits AS kept (key, points, used, ends_at) VALUES ($1, $2, 1, $4)
         ON CONFLICT (key) DO UPDATE SET points = excluded.points,
           used = CASE WHEN ${isRunning} THEN kept.used + 1 ELSE 1 END,
           ends_at = CASE WHEN ${isRunning} THEN kept.ends_at ELSE excluded.ends_at END
         WHERE $6 OR kept.used < excluded.points OR NOT (${isRunning})`,
        [key, points, now, now + windowMs, now + windowMs + CLOCK_SKEW_MS, isForced],
      );
      return taken.count > 0;
    },
    giveBack: async ({ key }) => {
      await query('UPDATE @limits SET used = GREATEST(0, used - 1) WHERE key = $1', [key]);
    },
  };
}

/**
 * Counts a message towards the ceiling and towards what it counts for. The ceiling comes first: whoever counts holds its row, so
 * that no two wait for each other's further rows.
 *
 * @param isFirst Whether no message of the request was stored before; the others go with it, whatever the ceiling says.
 * @returns `full`: the ceiling has no room, `over`: one of the others has none; it was counted nowhere.
 */
export async function countMessage(
  counter: Counter,
  message: NewMessage,
  { ceiling, countsOf }: MessageBounds,
  isFirst: boolean,
): Promise<'counted' | 'over' | 'full'> {
  if (ceiling !== undefined && !(await counter.take(ceiling, !isFirst))) return 'full';
  const taken: MessageCount[] = ceiling === undefined ? [] : [ceiling];
  for (const count of countsOf?.(message) ?? []) {
    if (!(await counter.take(count, false))) {
      for (const one of taken) await counter.giveBack(one);
      return 'over';
    }
    taken.push(count);
  }
  return 'counted';
}

/** How many messages that were asked for an account got between two times; those of one request count once. */
export async function countAsked(
  query: Query,
  userId: string,
  { since, until }: Pick<MessageLimit, 'since' | 'until'>,
): Promise<number> {
  const { rows } = await query(
    `SELECT COUNT(DISTINCT COALESCE(request_key, id::text)) AS many FROM @outbox
     WHERE user_id = $1 AND created_at > $2 AND created_at <= $3 AND kind = ANY($4)`,
    [userId, since, until, ASKED_MESSAGE_KINDS],
  );
  return integer(rows[0] ?? {}, 'many');
}

/** Whether an account had as many messages that were asked for as one of the limits allows. */
export async function isOverLimit(
  query: Query,
  userId: string,
  { perAccount, countedFrom }: MessageBounds,
): Promise<boolean> {
  const from = countedFrom?.get(userId) ?? 0;
  for (const { perAccount: most, since, until } of perAccount) {
    const used = await countAsked(query, userId, { since: Math.max(since, from), until });
    if (used >= most) return true;
  }
  return false;
}
