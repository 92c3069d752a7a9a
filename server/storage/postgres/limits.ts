import type { Limits } from '../../ports.ts';
import { CLOCK_SKEW_MS, toLimitState, toTaken } from '../limit-row.ts';
import type { Postgres } from './database.ts';

/** Limits in PostgreSQL; each take is one upsert. */
export function createPostgresLimits(db: Postgres): Limits {
  return {
    take: async (key, { points, windowMs }, now) => {
      const { rows } = await db.query(
        `INSERT INTO @limits AS kept (key, points, used, ends_at) VALUES ($1, $2, 1, $4)
         ON CONFLICT (key) DO UPDATE SET points = excluded.points,
           used = CASE WHEN kept.ends_at > $3 AND kept.ends_at <= $5 THEN kept.used + 1 ELSE 1 END,
           ends_at = CASE WHEN kept.ends_at > $3 AND kept.ends_at <= $5 THEN kept.ends_at ELSE excluded.ends_at END
         RETURNING used, ends_at`,
        [key, points, now, now + windowMs, now + windowMs + CLOCK_SKEW_MS],
      );
      return toTaken(rows[0] ?? {}, points);
    },
    read: async (key, now, windowMs) => {
      const { rows } = await db.query('SELECT * FROM @limits WHERE key = $1', [key]);
      return toLimitState(rows[0], now, windowMs);
    },
    clear: async (key) => {
      await db.query('DELETE FROM @limits WHERE key = $1', [key]);
    },
  };
}
