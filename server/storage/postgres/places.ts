import type { Places } from '../../ports/places.ts';
import { CLOCK_SKEW_MS, integer } from '../rows.ts';
import { lockAccount, type Postgres } from './database.ts';

/** Places in PostgreSQL. Those who want one of the same key take turns for as long as that takes. */
export function createPostgresPlaces(db: Postgres): Places {
  return {
    take: (key, { holder, most, until }, now) =>
      db.transaction(async (query) => {
        await lockAccount(query, db.schema, key);
        const { rows } = await query(
          `WITH taken AS (
             SELECT COUNT(*) AS many FROM @places WHERE key = $1 AND held_until > $4 AND held_until <= $5
           )
           INSERT INTO @places (key, holder, held_until) SELECT $1, $2, $3 FROM taken WHERE many < $6
           RETURNING (SELECT many FROM taken) + 1 AS many`,
          [key, holder, until, now, until + CLOCK_SKEW_MS, most],
        );
        return rows[0] === undefined ? undefined : integer(rows[0], 'many');
      }),
    leave: async (key, holder) => {
      // Two who leave at once leave two places.
      const first = `SELECT holder FROM @places WHERE key = $1 ORDER BY held_until LIMIT 1 FOR UPDATE SKIP LOCKED`;
      await (holder === undefined
        ? db.query(`DELETE FROM @places WHERE key = $1 AND holder = (${first})`, [key])
        : db.query('DELETE FROM @places WHERE key = $1 AND holder = $2', [key, holder]));
    },
  };
}
