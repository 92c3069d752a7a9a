import { BATCH_ROWS, removeInBatches } from '../old-rows.ts';
import type { RetentionAges } from '../storage.ts';
import type { Sqlite } from './database.ts';

/** Removes rows nobody can use any more; answers how many. */
export function removeOldRows(db: Sqlite, ages: RetentionAges): Promise<number> {
  return removeInBatches(ages, ({ table, key, endedAt }, before) =>
    db.write((sql) => {
      const old = `SELECT ${key} FROM ${table} WHERE ${endedAt} < ? LIMIT ${BATCH_ROWS}`;
      return Number(sql(`DELETE FROM ${table} WHERE ${key} IN (${old})`).run(before).changes);
    }),
  );
}
