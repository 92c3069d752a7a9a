import type { Preferences } from '../../ports/preferences.ts';
import { optionalText, toPreferences } from '../rows.ts';
import type { Sqlite } from './database.ts';

/** Choices of people in SQLite. */
export function createSqlitePreferences(db: Sqlite): Preferences {
  return {
    get: (userId) =>
      db.read((sql) => {
        const row = sql('SELECT language FROM preferences WHERE user_id = ?').get(userId);
        return { language: optionalText(row ?? {}, 'language') };
      }),
    getAll: (userIds) =>
      db.read((sql) => {
        const find = sql('SELECT user_id, language FROM preferences WHERE user_id = ?');
        return toPreferences(userIds.flatMap((userId) => find.all(userId)));
      }),
    set: (userId, { language }) =>
      db.write((sql) => {
        sql(
          `INSERT INTO preferences (user_id, language) VALUES (?, ?)
           ON CONFLICT (user_id) DO UPDATE SET language = excluded.language`,
        ).run(userId, language ?? null);
      }),
  };
}
