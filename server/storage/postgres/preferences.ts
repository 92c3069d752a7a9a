import type { Preferences } from '../../ports/preferences.ts';
import { optionalText, toPreferences } from '../rows.ts';
import type { Postgres } from './database.ts';

/** Choices of people in PostgreSQL. */
export function createPostgresPreferences(db: Postgres): Preferences {
  return {
    get: async (userId) => {
      const { rows } = await db.query('SELECT language FROM @preferences WHERE user_id = $1', [userId]);
      return { language: optionalText(rows[0] ?? {}, 'language') };
    },
    getAll: async (userIds) => {
      const { rows } = await db.query(
        'SELECT user_id, language FROM @preferences WHERE user_id = ANY($1::text[])',
        [userIds],
      );
      return toPreferences(rows);
    },
    set: async (userId, { language }) => {
      await db.query(
        `INSERT INTO @preferences (user_id, language) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET language = excluded.language`,
        [userId, language ?? null],
      );
    },
  };
}
