import { LATER_PREFIX } from '../../ports/campaigns.ts';
import type { NewMessage, OutboxStore, QueueName } from '../../ports/outbox-store.ts';
import {
  DELAY_CAUSES,
  isCountedAlready,
  routeValues,
  toDeadLetter,
  toMessageRow,
  toWork,
} from '../outbox-rows.ts';
import { integer, text } from '../rows.ts';
import type { Sql, Sqlite } from './database.ts';
import { countAsked, countMessage, isOverLimit } from './message-counts.ts';

/** What was typed, and from where, is forgotten when a row ends. */
const FORGET = 'identifier = NULL, client_address = NULL';

/** The contact a message is resent to; a notice for the address before stays with that. */
const CONTACT_NOW = `CASE WHEN kind = 'password-changed-former' THEN contact_id ELSE
  (SELECT id FROM contacts WHERE contacts.user_id = outbox.user_id AND channel = lane) END`;

const LONGEST_DUE = `CASE is_stalled WHEN ${DELAY_CAUSES.unconfirmed} THEN :unconfirmed ELSE :due END`;

/** What waits, but for messages of a campaign whose turn has not come. */
const NOT_LATER = `state = 'waiting' AND lane NOT LIKE '${LATER_PREFIX}%'`;

const HELD = `id = ? AND lease_owner = ? AND state = 'waiting'`;

/**
 * The outbox in SQLite. Every claim is one guarded UPDATE; many processes may share the file. What a power cut may
 * undo is only who holds a row and for how long: the row is then claimed again.
 */
export function createSqliteOutbox(db: Sqlite): OutboxStore {
  return {
    addRequest: (request, now, maxWaiting) =>
      db.write((sql) => {
        const added = sql(
          `INSERT INTO outbox (lane, kind, language, identifier, source, client_address, created_at, due_at)
           SELECT 'asked', 'asked', ?, ?, ?, ?, ?, ?
           WHERE (SELECT COUNT(*) FROM outbox WHERE lane = 'asked' AND state = 'waiting') < ?`,
        ).run(
          request.language,
          request.enteredName,
          request.source,
          request.clientAddress,
          now,
          now,
          maxWaiting,
        );
        return added.changes === 0 ? undefined : Number(added.lastInsertRowid);
      }),
    addMessage: (message, now) => db.write((sql) => insertMessage(sql, message, now)),
    claim: (queue, owner, now, leaseMs, count, mayTakeOver = true) =>
      db.writeUnsynced((sql) =>
        sql(
          `UPDATE outbox SET lease_owner = ?, lease_until = ?, tries = tries + 1
           WHERE id IN (SELECT id FROM outbox WHERE lane = ? AND state = 'waiting' AND due_at <= ?
                          AND lease_until <= ? AND (lease_owner IS NULL OR ?) ORDER BY due_at, id LIMIT ?)
           RETURNING *`,
        )
          .all(owner, now + leaseMs, queue, now, now, mayTakeOver ? 1 : 0, count)
          .map(toWork)
          .sort((a, b) => a.id - b.id),
      ),
    correctClockJump: (queue, now, longest) =>
      db.writeUnsynced((sql) =>
        Number(
          sql(
            `UPDATE outbox SET due_at = CASE WHEN due_at > ${LONGEST_DUE} THEN :now ELSE due_at END,
               lease_owner = CASE WHEN lease_until > :lease THEN NULL ELSE lease_owner END,
               lease_until = CASE WHEN lease_until > :lease THEN 0 ELSE lease_until END,
               waiting_since = MIN(COALESCE(waiting_since, created_at), :now)
             WHERE lane = :queue AND state = 'waiting'
               AND (due_at > ${LONGEST_DUE} OR lease_until > :lease OR COALESCE(waiting_since, created_at) > :now)`,
          ).run({
            ...{ queue, now, due: now + longest.delayMs, unconfirmed: now + longest.unconfirmedMs },
            lease: now + longest.leaseMs,
          }).changes,
        ),
      ),
    renew: ({ id, owner }, until) =>
      db.writeUnsynced(
        (sql) => sql(`UPDATE outbox SET lease_until = ? WHERE ${HELD}`).run(until, id, owner).changes > 0,
      ),
    resolve: ({ id, owner }, messages, bounds, now) =>
      db.write((sql) => {
        if (sql(`SELECT 1 FROM outbox WHERE ${HELD}`).get(id, owner) === undefined) return undefined;
        const stored: NewMessage[] = [];
        for (const message of messages) {
          if (!isCountedAlready(message, stored) && isOverLimit(sql, message.userId, bounds)) continue;
          const counted = countMessage(sql, message, bounds, { isFirst: stored.length === 0, now });
          if (counted === 'full') return 'full';
          if (counted === 'over') continue;
          insertMessage(sql, message, now);
          stored.push(message);
        }
        sql(`UPDATE outbox SET state = 'done', ended_at = ?, ${FORGET} WHERE ${HELD}`).run(now, id, owner);
        return stored;
      }),
    end: ({ id, owner }, state, reason, now) =>
      db.write(
        (sql) =>
          sql(`UPDATE outbox SET state = ?, reason = ?, ended_at = ?, ${FORGET} WHERE ${HELD}`).run(
            state,
            reason ?? null,
            now,
            id,
            owner,
          ).changes > 0,
      ),
    delay: ({ id, owner }, dueAt, reason, cause) =>
      db.writeUnsynced(
        (sql) =>
          sql(
            `UPDATE outbox SET due_at = ?, reason = ?, is_stalled = ?, lease_owner = NULL, lease_until = 0,
               secret_version = secret_version + ?, may_have_arrived = MAX(may_have_arrived, ?)
             WHERE ${HELD}`,
          ).run(
            ...[dueAt, reason, DELAY_CAUSES[cause], cause === 'unconfirmed' ? 0 : 1],
            ...[cause === 'unconfirmed' ? 1 : 0, id, owner],
          ).changes > 0,
      ),
    claimToPassOn: (queue, owner, now, leaseMs, { count, dueBy }) =>
      db.writeUnsynced((sql) =>
        sql(
          `UPDATE outbox SET lease_owner = ?, lease_until = ?, tries = tries + 1
           WHERE id IN (SELECT id FROM outbox WHERE lane = ? AND state = 'waiting' AND due_at <= ? AND has_next = 1
                          AND may_have_arrived = 0 AND lease_owner IS NULL ORDER BY due_at, id LIMIT ?)
           RETURNING *`,
        )
          .all(owner, now + leaseMs, queue, dueBy, count)
          .map(toMessageRow),
      ),
    moveOn: ({ id, owner }, { queue, contactId, route, hasNext, dueAt, cause }, reason) =>
      db.writeUnsynced(
        (sql) =>
          sql(
            `UPDATE outbox SET lane = ?, contact_id = ?, route = ?, has_next = ?, due_at = ?, reason = ?, is_stalled = ?,
               lease_owner = NULL, lease_until = 0, secret_version = secret_version + 1
             WHERE ${HELD}`,
          ).run(
            ...[queue, contactId, JSON.stringify(route), hasNext ? 1 : 0, dueAt, reason, DELAY_CAUSES[cause]],
            ...[id, owner],
          ).changes > 0,
      ),
    hasten: (queue, now) =>
      db.writeUnsynced((sql) =>
        Number(
          sql(
            `UPDATE outbox SET due_at = ?, is_stalled = 0
             WHERE lane = ? AND state = 'waiting' AND is_stalled = 1 AND due_at > ?`,
          ).run(now, queue, now).changes,
        ),
      ),
    nextAt: (queue) => db.read((sql) => nextAt(sql, queue)),
    waitingQueues: () =>
      db.read((sql) =>
        sql(`SELECT DISTINCT lane FROM outbox WHERE state = 'waiting' ORDER BY lane`)
          .all()
          .map((row) => text(row, 'lane')),
      ),
    giveUp: (queue, reason, now) =>
      db.write((sql) =>
        Number(
          sql(
            `UPDATE outbox SET state = 'dead', reason = ?, ended_at = ?, ${FORGET}
             WHERE lane = ? AND state = 'waiting' AND lease_until <= ?`,
          ).run(reason, now, queue, now).changes,
        ),
      ),
    listDead: (limit) =>
      db.read((sql) =>
        sql(`SELECT * FROM outbox WHERE state = 'dead' ORDER BY ended_at DESC, id DESC LIMIT ?`)
          .all(limit)
          .map(toDeadLetter),
      ),
    resend: (id, now) =>
      db.write(
        (sql) =>
          sql(
            `UPDATE outbox SET state = 'waiting', due_at = ?, waiting_since = ?, tries = 0, is_stalled = 0,
               lease_owner = NULL, lease_until = 0, ended_at = NULL, reason = NULL, contact_id = ${CONTACT_NOW},
               secret_version = secret_version + 1, route = NULL, has_next = 0, may_have_arrived = 0
             WHERE id = ? AND state = 'dead' AND lane <> 'asked'`,
          ).run(now, now, id).changes > 0,
      ),
    dropDead: (id, now) =>
      db.write(
        (sql) =>
          sql(`UPDATE outbox SET state = 'dropped', ended_at = ? WHERE id = ? AND state = 'dead'`).run(
            now,
            id,
          ).changes > 0,
      ),
    countAsked: (userId, time) => db.read((sql) => countAsked(sql, userId, time)),
    oldestAt: () =>
      db.read((sql) => {
        const row = sql(`SELECT MIN(created_at) AS oldest FROM outbox WHERE ${NOT_LATER}`).get();
        return row === undefined || row['oldest'] === null ? undefined : integer(row, 'oldest');
      }),
    countOpen: () =>
      db.read((sql) => {
        // One by one: each has an index of its own.
        const many = (which: string) =>
          integer(sql(`SELECT COUNT(*) AS many FROM outbox WHERE ${which}`).get() ?? {}, 'many');
        return { waiting: many(NOT_LATER), dead: many(`state = 'dead'`) };
      }),
    count: () =>
      db.read((sql) => {
        const counts = { waiting: 0, done: 0, sent: 0, dropped: 0, dead: 0 };
        const rows = sql('SELECT state, COUNT(*) AS many FROM outbox GROUP BY state').all();
        return {
          ...counts,
          ...Object.fromEntries(rows.map((row) => [text(row, 'state'), integer(row, 'many')])),
        };
      }),
  };
}

function insertMessage(sql: Sql, message: NewMessage, now: number): number {
  const { queue, contactId = null, kind, language, userId, userName, key } = message;
  const added = sql(
    `INSERT INTO outbox (lane, contact_id, kind, language, user_id, user_name, message_key, created_at, due_at,
                         request_key, route, has_next)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(...[queue, contactId, kind, language, userId, userName, key, now, now], ...routeValues(message));
  return Number(added.lastInsertRowid);
}

function nextAt(sql: Sql, queue: QueueName): number | undefined {
  const row = sql(
    `SELECT MIN(MAX(due_at, lease_until)) AS soonest FROM outbox WHERE lane = ? AND state = 'waiting'`,
  ).get(queue);
  return row === undefined || row['soonest'] === null ? undefined : integer(row, 'soonest');
}
