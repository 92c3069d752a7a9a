import { type AccountSessions, SEEN_EVERY_MS } from '../../ports/account-sessions.ts';
import { isSessionLive, sessionEnd, toAccountSession } from '../session-rows.ts';
import type { Sqlite } from './database.ts';

/** Sessions of My Account in SQLite. A power cut may give back when one was used last, and end it the sooner. */
export function createSqliteAccountSessions(db: Sqlite): AccountSessions {
  return {
    add: ({ idHash, userId, userName, sealedToken }, now, life) =>
      db.write((sql) => {
        sql(
          `INSERT INTO account_sessions (id_hash, user_id, user_name, created_at, last_seen_at, ends_at, sealed_token)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ).run(idHash, userId, userName, now, now, sessionEnd(now, now, life), sealedToken ?? null);
      }),
    find: async (idHash, now, life) => {
      const row = await db.read((sql) => sql('SELECT * FROM account_sessions WHERE id_hash = ?').get(idHash));
      if (row === undefined) return undefined;
      const session = toAccountSession(row);
      if (!isSessionLive(session, now, life)) return undefined;
      if (now - session.lastSeenAt >= SEEN_EVERY_MS)
        await db.writeUnsynced((sql) => {
          sql(
            'UPDATE account_sessions SET last_seen_at = ?, ends_at = ? WHERE id_hash = ? AND last_seen_at < ?',
          ).run(now, sessionEnd(session.createdAt, now, life), idHash, now);
        });
      return session;
    },
    remove: (idHash) =>
      db.write((sql) => sql('DELETE FROM account_sessions WHERE id_hash = ?').run(idHash).changes > 0),
    removeOf: (userId) =>
      db.write((sql) => Number(sql('DELETE FROM account_sessions WHERE user_id = ?').run(userId).changes)),
  };
}
