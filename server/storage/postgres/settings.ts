import type { Settings } from '../../ports.ts';
import { text } from '../row.ts';
import type { Postgres } from './database.ts';

/** Settings in PostgreSQL. */
export function createPostgresSettings(db: Postgres): Settings {
  return {
    getOrCreate: async (key, make) => {
      const kept = async () => (await db.query('SELECT value FROM @settings WHERE key = $1', [key])).rows[0];
      const found = await kept();
      if (found !== undefined) return text(found, 'value');
      await db.query('INSERT INTO @settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
        key,
        make(),
      ]);
      // Read again: another process may have been faster.
      return text((await kept()) ?? {}, 'value');
    },
  };
}
