import { type AccountSessions, SEEN_EVERY_MS } from '../../ports/account-sessions.ts';
import { isSessionLive, sessionEnd, toAccountSession } from '../session-rows.ts';
import type { Postgres } from './database.ts';

/** Sessions of My Account in PostgreSQL. */
export function createPostgresAccountSessions(db: Postgres): AccountSessions {
  return {
    add: async ({ idHash, userId, userName, sealedToken }, now, life) => {
      await db.query(
        `INSERT INTO @account_sessions (id_hash, user_id, user_name, created_at, last_seen_at, ends_at, sealed_token)
         VALUES ($1, $2, $3, $4, $4, $5, $6)`,
        [idHash, userId, userName, now, sessionEnd(now, now, life), sealedToken ?? null],
      );
    },
    find: async (idHash, now, life) => {
      const { rows } = await db.query('SELECT * FROM @account_sessions WHERE id_hash = $1', [idHash]);
      if (rows[0] === undefined) return undefined;
      const session = toAccountSession(rows[0]);
      if (!isSessionLive(session, now, life)) return undefined;
      if (now - session.lastSeenAt >= SEEN_EVERY_MS)
        await db.query(
          'UPDATE @account_sessions SET last_seen_at = $2, ends_at = $3 WHERE id_hash = $1 AND last_seen_at < $2',
          [idHash, now, sessionEnd(session.createdAt, now, life)],
        );
      return session;
    },
    remove: async (idHash) =>
      (await db.query('DELETE FROM @account_sessions WHERE id_hash = $1', [idHash])).count > 0,
    removeOf: async (userId) =>
      (await db.query('DELETE FROM @account_sessions WHERE user_id = $1', [userId])).count,
  };
}
