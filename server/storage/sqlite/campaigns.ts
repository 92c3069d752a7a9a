import { type Campaigns, laterQueue } from '../../ports/campaigns.ts';
import type { NewMessage } from '../../ports/outbox-store.ts';
import { toCampaignCounts, toCampaignLook } from '../campaign-rows.ts';
import type { Sql, Sqlite } from './database.ts';

/** How many messages one transaction adds; keeps the database free for others in between. */
const BATCH = 200;

/** Campaigns in SQLite. */
export function createSqliteCampaigns(db: Sqlite): Campaigns {
  return {
    async add(messages, now) {
      let added = 0;
      for (let from = 0; from < messages.length; from += BATCH) {
        const batch = messages.slice(from, from + BATCH);
        added += await db.write((sql) => batch.filter((message) => addOne(sql, message, now)).length);
      }
      return added;
    },
    look: (channel, now) =>
      db.read((sql) => {
        const row = sql(
          `SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE lane = :later AND state = 'waiting' LIMIT 1)) AS waiting,
             (SELECT COUNT(*) FROM (SELECT 1 FROM outbox WHERE lane = :channel AND state = 'waiting' AND due_at <= :now
                                      AND lease_until <= :now LIMIT 1)) AS due,
             (SELECT COUNT(*) FROM outbox
              WHERE lane = :channel AND state = 'waiting' AND kind = 'contact-confirm') AS under_way`,
        ).get({ later: laterQueue(channel), channel, now });
        return toCampaignLook(row ?? {});
      }),
    release: (channel, now) =>
      db.write(
        (sql) =>
          sql(
            `UPDATE outbox SET lane = :channel, due_at = :now, waiting_since = :now
             WHERE id = (SELECT id FROM outbox WHERE lane = :later AND state = 'waiting' ORDER BY due_at, id LIMIT 1)`,
          ).run({ channel, now, later: laterQueue(channel) }).changes > 0,
      ),
    stop: (now) =>
      db.write((sql) =>
        Number(
          sql(
            `UPDATE outbox SET state = 'dropped', reason = 'stopped', ended_at = :now
             WHERE state = 'waiting' AND kind = 'contact-confirm' AND lease_until <= :now`,
          ).run({ now }).changes,
        ),
      ),
    count: (now) =>
      db.read((sql) =>
        toCampaignCounts(
          sql(
            `SELECT state AS key, COUNT(*) AS many FROM outbox WHERE kind = 'contact-confirm' GROUP BY state`,
          ).all(),
          sql(
            `SELECT link.kind || CASE WHEN used_at IS NOT NULL THEN ' used' WHEN expires_at <= ? THEN ' expired'
               WHEN contacts.id IS NULL THEN ' settled' ELSE ' open' END AS key, COUNT(*) AS many
             FROM contact_changes AS link
             LEFT JOIN contacts ON contacts.user_id = link.user_id AND contacts.channel = link.channel
               AND contacts.address_key = link.address_key AND contacts.state = 'unverified'
             WHERE link.kind IN ('confirm', 'disowned') GROUP BY 1`,
          ).all(now),
        ),
      ),
  };
}

function addOne(sql: Sql, message: NewMessage, now: number): boolean {
  const { queue: channel, contactId = null, kind, language, userId, userName, key } = message;
  const values = {
    kind,
    language,
    userId,
    userName,
    key,
    now,
    contactId,
    channel,
    later: laterQueue(channel),
  };
  return (
    sql(
      `INSERT INTO outbox (lane, contact_id, kind, language, user_id, user_name, message_key, created_at, due_at)
       SELECT :later, :contactId, :kind, :language, :userId, :userName, :key, :now, :now
       WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE user_id = :userId AND contact_id = :contactId AND kind = :kind
                           AND state = 'waiting')
         AND NOT EXISTS (SELECT 1 FROM contact_changes AS link
                         JOIN contacts ON contacts.user_id = link.user_id AND contacts.channel = link.channel
                           AND contacts.address_key = link.address_key
                         WHERE link.user_id = :userId AND link.kind = 'confirm' AND link.channel = :channel
                           AND link.used_at IS NULL AND link.expires_at > :now)`,
    ).run(values).changes > 0
  );
}
