import type { Settings } from '../../ports.ts';
import { text } from '../row.ts';
import type { Sqlite } from './database.ts';

/** Settings in SQLite. */
export function createSqliteSettings(db: Sqlite): Settings {
  return {
    getOrCreate: (key, make) =>
      db.write((sql) => {
        const kept = () => sql('SELECT value FROM settings WHERE key = ?').get(key);
        const found = kept();
        if (found !== undefined) return text(found, 'value');
        const value = make();
        sql('INSERT INTO settings (key, value) VALUES (?, ?)').run(key, value);
        return value;
      }),
  };
}
