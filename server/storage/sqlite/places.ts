import type { Places } from '../../ports/places.ts';
import { CLOCK_SKEW_MS, integer } from '../rows.ts';
import type { Sqlite } from './database.ts';

/** Places in SQLite. A power cut may give the last ones back. */
export function createSqlitePlaces(db: Sqlite): Places {
  return {
    take: (key, { holder, most, until }, now) =>
      db.writeUnsynced((sql) => {
        const row = sql(
          'SELECT COUNT(*) AS many FROM places WHERE key = ? AND held_until > ? AND held_until <= ?',
        ).get(key, now, until + CLOCK_SKEW_MS);
        const taken = integer(row ?? {}, 'many');
        if (taken >= most) return undefined;
        sql('INSERT INTO places (key, holder, held_until) VALUES (?, ?, ?)').run(key, holder, until);
        return taken + 1;
      }),
    leave: (key, holder) =>
      db.writeUnsynced((sql) => {
        if (holder !== undefined) sql('DELETE FROM places WHERE key = ? AND holder = ?').run(key, holder);
        else
          sql(
            `DELETE FROM places WHERE key = :key
               AND holder = (SELECT holder FROM places WHERE key = :key ORDER BY held_until LIMIT 1)`,
          ).run({ key });
      }),
  };
}
