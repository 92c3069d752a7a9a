import type { Sqlite } from './sqlite.ts';

/** How many rows one transaction removes; keeps the file free for others in between. */
const BATCH_ROWS = 500;

/** Removes rows nobody can use any more: ended outbox rows and links, when both ended before that time. */
export async function removeOldRows(db: Sqlite, before: number): Promise<number> {
  const outbox = await removeInBatches(
    db,
    'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE ended_at < ? LIMIT ?)',
    before,
  );
  const links = await removeInBatches(
    db,
    'DELETE FROM reset_links WHERE token_hash IN (SELECT token_hash FROM reset_links WHERE expires_at < ? LIMIT ?)',
    before,
  );
  return outbox + links;
}

async function removeInBatches(db: Sqlite, statement: string, before: number): Promise<number> {
  let removed = 0;
  for (;;) {
    const changes = await db.write((sql) => Number(sql(statement).run(before, BATCH_ROWS).changes));
    removed += changes;
    if (changes < BATCH_ROWS) return removed;
  }
}
