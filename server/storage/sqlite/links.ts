import { SECRET_MESSAGE_KINDS } from '../../ports/message-kinds.ts';
import type { LinkState, NewSecret, ResetLinks, SecretPurpose } from '../../ports/reset-links.ts';
import { integer, LINK_STATE_COLUMNS, type Row, text, toLinkState } from '../rows.ts';
import type { Sql, Sqlite } from './database.ts';

/** Secrets of resets in SQLite. Every change of state is one guarded UPDATE, so two processes cannot both win. */
export function createSqliteLinks(db: Sqlite): ResetLinks {
  return {
    add: (secret, limit) =>
      // Lasts with the next synced write, which is the one that marks its message sent.
      db.writeUnsynced((sql) => {
        if (limit !== undefined && countOthers(sql, secret, limit.now) >= limit.maxLive) return false;
        // A claimed link is left alone: somebody is choosing a password with it at this moment.
        sql(
          `DELETE FROM reset_links
           WHERE outbox_id = :id AND exchanged_from IS NULL AND used_at IS NULL AND claimed_until = 0
             AND token_hash <> (SELECT token_hash FROM reset_links WHERE outbox_id = :id AND exchanged_from IS NULL
                                ORDER BY expires_at DESC LIMIT 1)`,
        ).run({ id: secret.outboxId });
        return insert(sql, secret);
      }),
    countLive: (userId, now) => db.read((sql) => countLive(sql, userId, now)),
    look: (tokenHash, now) => db.read((sql) => look(sql, tokenHash, now)),
    claim: (tokenHash, now, leaseMs, claimId) =>
      db.write((sql) => claim(sql, tokenHash, now, leaseMs, claimId)),
    spend: (tokenHash, claimId, now) =>
      db.write((sql) => {
        const row = sql(
          'SELECT user_id FROM reset_links WHERE token_hash = ? AND claim_id = ? AND used_at IS NULL',
        ).get(tokenHash, claimId);
        if (row === undefined) return false;
        spendAll(sql, text(row, 'user_id'), now);
        return true;
      }),
    renew: (tokenHash, claimId, now, leaseMs) =>
      // Not on disk at once: after a crash of the machine nobody is left to hold the claim.
      db.writeUnsynced(
        (sql) =>
          sql(
            `UPDATE reset_links SET claimed_until = ?
             WHERE token_hash = ? AND claim_id = ? AND used_at IS NULL AND claimed_until > ?`,
          ).run(now + leaseMs, tokenHash, claimId, now).changes > 0,
      ),
    release: (tokenHash, claimId) =>
      db.write(
        (sql) =>
          sql(
            `UPDATE reset_links SET claimed_until = 0, claim_id = NULL
             WHERE token_hash = ? AND claim_id = ? AND used_at IS NULL`,
          ).run(tokenHash, claimId).changes > 0,
      ),
    exchange: (pinHash, link, now) =>
      db.write((sql) => {
        const pin = find(sql, pinHash, 'pin');
        const state = toLinkState(pin, now);
        if (pin === undefined || state.state !== 'open') return state;
        const earlier = sql(
          'SELECT 1 FROM reset_links WHERE exchanged_from = ? AND used_at IS NULL AND claimed_until > ?',
        ).get(pinHash, now);
        if (earlier !== undefined) return { state: 'busy' };
        sql('DELETE FROM reset_links WHERE exchanged_from = ? AND used_at IS NULL').run(pinHash);
        insert(sql, { ...state, ...link, outboxId: integer(pin, 'outbox_id') }, pinHash);
        return state;
      }),
  };
}

function insert(sql: Sql, secret: NewSecret, exchangedFrom: string | null = null): boolean {
  const { purpose = 'link', tokenHash, userId, userName, outboxId, expiresAt } = secret;
  const { requestKey = null, channel = null } = secret;
  const { changes } = sql(
    `INSERT INTO reset_links (token_hash, kind, user_id, user_name, outbox_id, expires_at, exchanged_from, request_key,
                              channel)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (token_hash) DO UPDATE SET expires_at = excluded.expires_at, channel = excluded.channel
       WHERE used_at IS NULL`,
  ).run(...[tokenHash, purpose, userId, userName, outboxId, expiresAt, exchangedFrom, requestKey], channel);
  return changes > 0;
}

function claim(sql: Sql, tokenHash: string, now: number, leaseMs: number, claimId: string): LinkState {
  const state = look(sql, tokenHash, now);
  if (state.state !== 'open') return state;
  // Two links of one account at once would set two passwords at once.
  const other = sql(
    'SELECT 1 FROM reset_links WHERE user_id = ? AND used_at IS NULL AND claimed_until > ?',
  ).get(state.userId, now);
  if (other !== undefined) return { state: 'busy' };
  sql('UPDATE reset_links SET claimed_until = ?, claim_id = ? WHERE token_hash = ?').run(
    now + leaseMs,
    claimId,
    tokenHash,
  );
  return state;
}

function spendAll(sql: Sql, userId: string, now: number): void {
  sql('UPDATE reset_links SET used_at = ?, claimed_until = 0 WHERE used_at IS NULL AND user_id = ?').run(
    now,
    userId,
  );
  // A message that still waits (mail was down) would bring a fresh secret after the change.
  sql(
    `UPDATE outbox SET state = 'dropped', reason = 'password-changed', ended_at = ?
     WHERE user_id = ? AND state = 'waiting' AND kind IN (SELECT value FROM json_each(?))`,
  ).run(now, userId, JSON.stringify(SECRET_MESSAGE_KINDS));
}

const LIVE = 'user_id = ? AND used_at IS NULL AND expires_at > ? AND exchanged_from IS NULL';

/** Messages of one request are one. */
const COUNT_REQUESTS = 'COUNT(DISTINCT COALESCE(request_key, outbox_id))';

function countLive(sql: Sql, userId: string, now: number): number {
  const row = sql(`SELECT ${COUNT_REQUESTS} AS many FROM reset_links WHERE ${LIVE}`).get(userId, now);
  return integer(row ?? {}, 'many');
}

/** Live secrets that stay when this one is added. */
function countOthers(sql: Sql, { tokenHash, userId, outboxId, requestKey }: NewSecret, now: number): number {
  const row = sql(
    `SELECT ${COUNT_REQUESTS} AS many FROM reset_links
     WHERE ${LIVE} AND token_hash <> ? AND (outbox_id <> ? OR claimed_until > 0)
       AND (request_key IS NULL OR request_key IS NOT ?)`,
  ).get(userId, now, tokenHash, outboxId, requestKey ?? null);
  return integer(row ?? {}, 'many');
}

function find(sql: Sql, hash: string, purpose: SecretPurpose): Row | undefined {
  return sql(
    `SELECT ${LINK_STATE_COLUMNS}, outbox_id FROM reset_links WHERE token_hash = ? AND kind = ?`,
  ).get(hash, purpose);
}

function look(sql: Sql, tokenHash: string, now: number): LinkState {
  return toLinkState(find(sql, tokenHash, 'link'), now);
}
