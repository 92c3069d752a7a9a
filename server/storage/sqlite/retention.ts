import type { RetentionAges } from '../storage.ts';
import type { Sqlite } from './database.ts';

/** How many rows one transaction removes; keeps the file free for others in between. */
const BATCH_ROWS = 500;

const SWEEPS: readonly { readonly statement: string; readonly before: (age: RetentionAges) => number }[] = [
  {
    statement: 'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at < ? LIMIT ?)',
    before: (age) => age.endedBefore,
  },
  {
    statement:
      'DELETE FROM reset_links WHERE token_hash IN (SELECT token_hash FROM reset_links WHERE expires_at < ? LIMIT ?)',
    before: (age) => age.endedBefore,
  },
  {
    statement: 'DELETE FROM limits WHERE key IN (SELECT key FROM limits WHERE ends_at < ? LIMIT ?)',
    before: (age) => age.now,
  },
  {
    statement: 'DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? LIMIT ?)',
    before: (age) => age.auditBefore,
  },
];

/** Removes rows nobody can use any more, a batch at a time; answers how many. */
export async function removeOldRows(db: Sqlite, age: RetentionAges): Promise<number> {
  let removed = 0;
  for (const { statement, before } of SWEEPS) removed += await removeInBatches(db, statement, before(age));
  return removed;
}

async function removeInBatches(db: Sqlite, statement: string, before: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const changes = await db.write((sql) => Number(sql(statement).run(before, BATCH_ROWS).changes));
    removed += changes;
    if (changes < BATCH_ROWS) return removed;
  }
}
