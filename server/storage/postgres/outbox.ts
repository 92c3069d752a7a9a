import { LATER_PREFIX } from '../../ports/campaigns.ts';
import type { NewMessage, OutboxStore } from '../../ports/outbox-store.ts';
import {
  DELAY_CAUSES,
  isCountedAlready,
  routeValues,
  toDeadLetter,
  toMessageRow,
  toWork,
} from '../outbox-rows.ts';
import { integer, optionalInteger, text } from '../rows.ts';
import type { Postgres, Query } from './database.ts';
import { lockAccount } from './database.ts';
import { countAsked, countMessage, createCounter, isOverLimit } from './message-counts.ts';

/** What was typed, and from where, is forgotten when a row ends. */
const FORGET = 'identifier = NULL, client_address = NULL';

/** The contact a message is resent to; a notice for the address before stays with that. */
const CONTACT_NOW = `CASE WHEN kind = 'password-changed-former' THEN contact_id ELSE
  (SELECT c.id FROM @contacts AS c WHERE c.user_id = dead.user_id AND c.channel = dead.lane) END`;

/** What waits, but for messages of a campaign whose turn has not come. */
const NOT_LATER = `state = 'waiting' AND lane NOT LIKE '${LATER_PREFIX}%'`;

const HELD = `id = $1 AND lease_owner = $2 AND state = 'waiting'`;

/** The outbox in PostgreSQL. A claim passes over rows another process is claiming, so that none waits for the other. */
export function createPostgresOutbox(db: Postgres): OutboxStore {
  return {
    addRequest: async (request, now, maxWaiting) => {
      const { rows } = await db.query(
        `INSERT INTO @outbox (lane, kind, language, identifier, source, client_address, created_at, due_at)
         SELECT 'asked', 'asked', $1, $2, $3, $4, $5, $5
         WHERE (SELECT COUNT(*) FROM @outbox WHERE lane = 'asked' AND state = 'waiting') < $6
         RETURNING id`,
        [request.language, request.enteredName, request.source, request.clientAddress, now, maxWaiting],
      );
      return rows[0] === undefined ? undefined : integer(rows[0], 'id');
    },
    addMessage: (message, now) => insertMessage(db.query, message, now),
    claim: async (queue, owner, now, leaseMs, count, mayTakeOver = true) => {
      const { rows } = await db.query(
        `WITH due AS MATERIALIZED (
           SELECT id FROM @outbox WHERE lane = $1 AND state = 'waiting' AND due_at <= $3
             AND lease_until <= $3 AND (lease_owner IS NULL OR $6) ORDER BY due_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
         )
         UPDATE @outbox AS held SET lease_owner = $2, lease_until = $4, tries = held.tries + 1
         FROM due WHERE held.id = due.id RETURNING held.*`,
        [queue, owner, now, now + leaseMs, count, mayTakeOver],
      );
      return rows.map(toWork).sort((a, b) => a.id - b.id);
    },
    correctClockJump: async (queue, now, longest) => {
      const latest = `CASE is_stalled WHEN ${DELAY_CAUSES.unconfirmed} THEN $5::bigint ELSE $3::bigint END`;
      const corrected = await db.query(
        `UPDATE @outbox SET due_at = CASE WHEN due_at > ${latest} THEN $2 ELSE due_at END,
           lease_owner = CASE WHEN lease_until > $4 THEN NULL ELSE lease_owner END,
           lease_until = CASE WHEN lease_until > $4 THEN 0 ELSE lease_until END,
           waiting_since = LEAST(COALESCE(waiting_since, created_at), $2)
         WHERE lane = $1 AND state = 'waiting'
           AND (due_at > ${latest} OR lease_until > $4 OR COALESCE(waiting_since, created_at) > $2)`,
        [queue, now, now + longest.delayMs, now + longest.leaseMs, now + longest.unconfirmedMs],
      );
      return corrected.count;
    },
    renew: async ({ id, owner }, until) =>
      (await db.query(`UPDATE @outbox SET lease_until = $3 WHERE ${HELD}`, [id, owner, until])).count > 0,
    resolve: ({ id, owner }, messages, bounds, now) =>
      db.transaction(async (query) => {
        const held = await query(`SELECT 1 FROM @outbox WHERE ${HELD} FOR UPDATE`, [id, owner]);
        if (held.count === 0) return undefined;
        // In one order everywhere, so that two processes with the same accounts never wait for each other.
        for (const userId of [...new Set(messages.map((message) => message.userId))].sort())
          await lockAccount(query, db.schema, userId);
        const stored: NewMessage[] = [];
        const counter = createCounter(query, now);
        for (const message of messages) {
          const isCounted = isCountedAlready(message, stored);
          if (!isCounted && (await isOverLimit(query, message.userId, bounds))) continue;
          const counted = await countMessage(counter, message, bounds, stored.length === 0);
          if (counted === 'full') return 'full';
          if (counted === 'over') continue;
          await insertMessage(query, message, now);
          stored.push(message);
        }
        await query(`UPDATE @outbox SET state = 'done', ended_at = $3, ${FORGET} WHERE ${HELD}`, [
          id,
          owner,
          now,
        ]);
        return stored;
      }),
    end: async ({ id, owner }, state, reason, now) =>
      (
        await db.query(`UPDATE @outbox SET state = $3, reason = $4, ended_at = $5, ${FORGET} WHERE ${HELD}`, [
          id,
          owner,
          state,
          reason ?? null,
          now,
        ])
      ).count > 0,
    delay: async ({ id, owner }, dueAt, reason, cause) =>
      (
        await db.query(
          `UPDATE @outbox SET due_at = $3, reason = $4, is_stalled = $5, lease_owner = NULL, lease_until = 0,
             secret_version = secret_version + $6, may_have_arrived = GREATEST(may_have_arrived, 1 - $6)
           WHERE ${HELD}`,
          [id, owner, dueAt, reason, DELAY_CAUSES[cause], cause === 'unconfirmed' ? 0 : 1],
        )
      ).count > 0,
    claimToPassOn: async (queue, owner, now, leaseMs, { count, dueBy }) => {
      const { rows } = await db.query(
        `WITH due AS MATERIALIZED (
           SELECT id FROM @outbox WHERE lane = $1 AND state = 'waiting' AND due_at <= $3 AND has_next = 1
             AND may_have_arrived = 0 AND lease_owner IS NULL ORDER BY due_at, id LIMIT $5 FOR UPDATE SKIP LOCKED
         )
         UPDATE @outbox AS held SET lease_owner = $2, lease_until = $4, tries = held.tries + 1
         FROM due WHERE held.id = due.id RETURNING held.*`,
        [queue, owner, dueBy, now + leaseMs, count],
      );
      return rows.map(toMessageRow);
    },
    moveOn: async ({ id, owner }, { queue, contactId, route, hasNext, dueAt, cause }, reason) =>
      (
        await db.query(
          `UPDATE @outbox SET lane = $3, contact_id = $4, route = $5, has_next = $6, due_at = $7, reason = $8,
             is_stalled = $9, lease_owner = NULL, lease_until = 0, secret_version = secret_version + 1
           WHERE ${HELD}`,
          [
            ...[id, owner, queue, contactId, JSON.stringify(route), hasNext ? 1 : 0, dueAt, reason],
            DELAY_CAUSES[cause],
          ],
        )
      ).count > 0,
    hasten: async (queue, now) =>
      (
        await db.query(
          `UPDATE @outbox SET due_at = $2, is_stalled = 0
           WHERE lane = $1 AND state = 'waiting' AND is_stalled = 1 AND due_at > $2`,
          [queue, now],
        )
      ).count,
    nextAt: async (queue) => {
      const { rows } = await db.query(
        `SELECT MIN(GREATEST(due_at, lease_until)) AS soonest FROM @outbox
         WHERE lane = $1 AND state = 'waiting'`,
        [queue],
      );
      return optionalInteger(rows[0] ?? {}, 'soonest');
    },
    waitingQueues: async () => {
      const { rows } = await db.query(
        `SELECT DISTINCT lane FROM @outbox WHERE state = 'waiting' ORDER BY lane`,
      );
      return rows.map((row) => text(row, 'lane'));
    },
    giveUp: async (queue, reason, now) =>
      (
        await db.query(
          `UPDATE @outbox SET state = 'dead', reason = $2, ended_at = $3, ${FORGET}
           WHERE lane = $1 AND state = 'waiting' AND lease_until <= $3`,
          [queue, reason, now],
        )
      ).count,
    listDead: async (limit) => {
      const { rows } = await db.query(
        `SELECT * FROM @outbox WHERE state = 'dead' ORDER BY ended_at DESC, id DESC LIMIT $1`,
        [limit],
      );
      return rows.map(toDeadLetter);
    },
    resend: async (id, now) => {
      const resent = await db.query(
        `UPDATE @outbox AS dead SET state = 'waiting', due_at = $2, waiting_since = $2, tries = 0, is_stalled = 0,
           lease_owner = NULL, lease_until = 0, ended_at = NULL, reason = NULL, contact_id = ${CONTACT_NOW},
           secret_version = dead.secret_version + 1, route = NULL, has_next = 0, may_have_arrived = 0
         WHERE id = $1 AND state = 'dead' AND lane <> 'asked'`,
        [id, now],
      );
      return resent.count > 0;
    },
    dropDead: async (id, now) => {
      const dropped = await db.query(
        `UPDATE @outbox SET state = 'dropped', ended_at = $2 WHERE id = $1 AND state = 'dead'`,
        [id, now],
      );
      return dropped.count > 0;
    },
    countAsked: (userId, time) => countAsked(db.query, userId, time),
    oldestAt: async () => {
      const { rows } = await db.query(`SELECT MIN(created_at) AS oldest FROM @outbox WHERE ${NOT_LATER}`);
      return optionalInteger(rows[0] ?? {}, 'oldest');
    },
    countOpen: async () => {
      const { rows } = await db.query(
        `SELECT (SELECT COUNT(*) FROM @outbox WHERE ${NOT_LATER}) AS waiting,
                (SELECT COUNT(*) FROM @outbox WHERE state = 'dead') AS dead`,
      );
      return { waiting: integer(rows[0] ?? {}, 'waiting'), dead: integer(rows[0] ?? {}, 'dead') };
    },
    count: async () => {
      const { rows } = await db.query('SELECT state, COUNT(*) AS many FROM @outbox GROUP BY state');
      const counts = { waiting: 0, done: 0, sent: 0, dropped: 0, dead: 0 };
      return {
        ...counts,
        ...Object.fromEntries(rows.map((row) => [text(row, 'state'), integer(row, 'many')])),
      };
    },
  };
}

async function insertMessage(query: Query, message: NewMessage, now: number): Promise<number> {
  const { queue, contactId = null, kind, language, userId, userName, key } = message;
  const { rows } = await query(
    `INSERT INTO @outbox (lane, kind, language, user_id, user_name, message_key, created_at, due_at, contact_id,
                          request_key, route, has_next)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11) RETURNING id`,
    [queue, kind, language, userId, userName, key, now, contactId, ...routeValues(message)],
  );
  return integer(rows[0] ?? {}, 'id');
}
