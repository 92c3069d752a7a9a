import { type Campaigns, laterQueue } from '../../ports/campaigns.ts';
import type { NewMessage } from '../../ports/outbox-store.ts';
import { toCampaignCounts, toCampaignLook } from '../campaign-rows.ts';
import { lockAccount, type Postgres } from './database.ts';

/** Campaigns in PostgreSQL. */
export function createPostgresCampaigns(db: Postgres): Campaigns {
  /** Two who begin a campaign at once take turns at each account. */
  const addOne = (message: NewMessage, now: number): Promise<boolean> =>
    db.transaction(async (query) => {
      const { queue: channel, contactId, kind, language, userId, userName, key } = message;
      await lockAccount(query, db.schema, userId);
      const { count } = await query(
        `INSERT INTO @outbox (lane, contact_id, kind, language, user_id, user_name, message_key, created_at, due_at)
         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $8
         WHERE NOT EXISTS (SELECT 1 FROM @outbox WHERE user_id = $5 AND contact_id = $2 AND kind = $3 AND state = 'waiting')
           AND NOT EXISTS (SELECT 1 FROM @contact_changes AS link
                           JOIN @contacts AS c ON c.user_id = link.user_id AND c.channel = link.channel
                             AND c.address_key = link.address_key
                           WHERE link.user_id = $5 AND link.kind = 'confirm' AND link.channel = $9
                             AND link.used_at IS NULL AND link.expires_at > $8)`,
        [...[laterQueue(channel), contactId ?? null, kind, language, userId, userName, key, now], channel],
      );
      return count > 0;
    });

  return {
    async add(messages, now) {
      let added = 0;
      for (const message of messages) if (await addOne(message, now)) added += 1;
      return added;
    },
    async look(channel, now) {
      const { rows } = await db.query(
        `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM @outbox WHERE lane = $1 AND state = 'waiting' LIMIT 1) AS one) AS waiting,
           (SELECT COUNT(*) FROM (SELECT 1 FROM @outbox WHERE lane = $2 AND state = 'waiting' AND due_at <= $3
                                    AND lease_until <= $3 LIMIT 1) AS one) AS due,
           (SELECT COUNT(*) FROM @outbox
            WHERE lane = $2 AND state = 'waiting' AND kind = 'contact-confirm') AS under_way`,
        [laterQueue(channel), channel, now],
      );
      return toCampaignLook(rows[0] ?? {});
    },
    async release(channel, now) {
      const { count } = await db.query(
        `WITH next AS MATERIALIZED (
           SELECT id FROM @outbox WHERE lane = $1 AND state = 'waiting' ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         UPDATE @outbox AS waiting SET lane = $2, due_at = $3, waiting_since = $3 FROM next WHERE waiting.id = next.id`,
        [laterQueue(channel), channel, now],
      );
      return count > 0;
    },
    async stop(now) {
      const { count } = await db.query(
        `UPDATE @outbox SET state = 'dropped', reason = 'stopped', ended_at = $1
         WHERE state = 'waiting' AND kind = 'contact-confirm' AND lease_until <= $1`,
        [now],
      );
      return count;
    },
    async count(now) {
      const messages = await db.query(
        `SELECT state AS key, COUNT(*) AS many FROM @outbox WHERE kind = 'contact-confirm' GROUP BY state`,
      );
      const links = await db.query(
        `SELECT link.kind || CASE WHEN used_at IS NOT NULL THEN ' used' WHEN expires_at <= $1 THEN ' expired'
           WHEN contacts.id IS NULL THEN ' settled' ELSE ' open' END AS key, COUNT(*) AS many
         FROM @contact_changes AS link
         LEFT JOIN @contacts AS contacts ON contacts.user_id = link.user_id AND contacts.channel = link.channel
           AND contacts.address_key = link.address_key AND contacts.state = 'unverified'
         WHERE link.kind IN ('confirm', 'disowned') GROUP BY 1`,
        [now],
      );
      return toCampaignCounts(messages.rows, links.rows);
    },
  };
}
