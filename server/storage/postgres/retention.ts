import { BATCH_ROWS, removeInBatches } from '../old-rows.ts';
import type { RetentionAges } from '../storage.ts';
import type { Postgres } from './database.ts';

/** Removes rows nobody can use any more; answers how many. Rows somebody works on are left for the next time. */
export function removeOldRows(db: Postgres, ages: RetentionAges): Promise<number> {
  return removeInBatches(ages, async ({ table, key, endedAt }, before) => {
    const old = `SELECT ${key} FROM @${table} WHERE ${endedAt} < $1 LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED`;
    return (await db.query(`DELETE FROM @${table} WHERE ${key} = ANY(ARRAY(${old}))`, [before])).count;
  });
}
