import type { LinkState, ResetLinks } from '../ports.ts';
import { integer, text } from './row.ts';
import type { Sql, Sqlite } from './sqlite.ts';

/** Reset links in SQLite. Every change of state is one guarded UPDATE, so two processes cannot both win. */
export function createSqliteLinks(db: Sqlite): ResetLinks {
  return {
    add: (link) =>
      // Lasts with the next synced write, which is the one that marks its message sent.
      db.writeUnsynced((sql) => {
        // A claimed link is left alone: somebody is choosing a password with it at this moment.
        sql('DELETE FROM reset_links WHERE outbox_id = ? AND used_at IS NULL AND claimed_until = 0').run(
          link.outboxId,
        );
        sql(
          `INSERT INTO reset_links (token_hash, user_id, user_name, outbox_id, expires_at) VALUES (?, ?, ?, ?, ?)`,
        ).run(link.tokenHash, link.userId, link.userName, link.outboxId, link.expiresAt);
      }),
    look: (tokenHash, now) => db.read((sql) => look(sql, tokenHash, now)),
    claim: (tokenHash, now, leaseMs) =>
      db.write((sql) => {
        const row = sql(
          `UPDATE reset_links SET claimed_until = ?
           WHERE token_hash = ? AND used_at IS NULL AND expires_at > ? AND claimed_until <= ?
           RETURNING user_id, user_name`,
        ).get(now + leaseMs, tokenHash, now, now);
        if (row === undefined) return look(sql, tokenHash, now);
        return { state: 'open', userId: text(row, 'user_id'), userName: text(row, 'user_name') };
      }),
    spend: (tokenHash, now) =>
      db.write((sql) => {
        const row = sql('SELECT user_id FROM reset_links WHERE token_hash = ?').get(tokenHash);
        if (row === undefined) return;
        const userId = text(row, 'user_id');
        sql(
          'UPDATE reset_links SET used_at = ?, claimed_until = 0 WHERE used_at IS NULL AND user_id = ?',
        ).run(now, userId);
        // A message that still waits (mail was down) would bring a fresh link after the change.
        sql(
          `UPDATE outbox SET state = 'dropped', reason = 'password-changed', ended_at = ?
           WHERE user_id = ? AND kind = 'reset-link' AND state = 'waiting'`,
        ).run(now, userId);
      }),
    release: (tokenHash) =>
      db.write((sql) => {
        sql('UPDATE reset_links SET claimed_until = 0 WHERE token_hash = ? AND used_at IS NULL').run(
          tokenHash,
        );
      }),
  };
}

function look(sql: Sql, tokenHash: string, now: number): LinkState {
  const row = sql(
    'SELECT user_id, user_name, expires_at, claimed_until, used_at FROM reset_links WHERE token_hash = ?',
  ).get(tokenHash);
  if (row === undefined) return { state: 'unknown' };
  if (row['used_at'] !== null) return { state: 'used' };
  if (integer(row, 'expires_at') <= now) return { state: 'expired' };
  if (integer(row, 'claimed_until') > now) return { state: 'busy' };
  return { state: 'open', userId: text(row, 'user_id'), userName: text(row, 'user_name') };
}
