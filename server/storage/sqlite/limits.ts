import type { Limits } from '../../ports.ts';
import { CLOCK_SKEW_MS, toLimitState, toTaken } from '../limit-row.ts';
import type { Sqlite } from './database.ts';

/** Limits in SQLite; each take is one upsert. A power cut may give the last takes back. */
export function createSqliteLimits(db: Sqlite): Limits {
  return {
    take: (key, { points, windowMs }, now) =>
      db.writeUnsynced((sql) => {
        const row = sql(
          `INSERT INTO limits (key, points, used, ends_at) VALUES (:key, :points, 1, :endsAt)
           ON CONFLICT (key) DO UPDATE SET points = excluded.points,
             used = CASE WHEN ends_at > :now AND ends_at <= :latest THEN used + 1 ELSE 1 END,
             ends_at = CASE WHEN ends_at > :now AND ends_at <= :latest THEN ends_at ELSE excluded.ends_at END
           RETURNING used, ends_at`,
        ).get({ key, points, now, endsAt: now + windowMs, latest: now + windowMs + CLOCK_SKEW_MS });
        return toTaken(row ?? {}, points);
      }),
    read: (key, now, windowMs) =>
      db.read((sql) => toLimitState(sql('SELECT * FROM limits WHERE key = ?').get(key), now, windowMs)),
    clear: (key) =>
      db.writeUnsynced((sql) => {
        sql('DELETE FROM limits WHERE key = ?').run(key);
      }),
  };
}
