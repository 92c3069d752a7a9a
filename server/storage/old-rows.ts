import type { RetentionAges } from './storage.ts';

/** How many rows one transaction removes; keeps the database free for others in between. */
export const BATCH_ROWS = 500;

/** A table whose rows end, and from when on they may go. */
export interface EndingTable {
  readonly table: string;
  readonly key: string;
  /** When a row ended; NULL: not yet. */
  readonly endedAt: string;
  readonly before: keyof RetentionAges;
}

/** Every table that grows. Contacts and settings stay. */
export const ENDING_TABLES: readonly EndingTable[] = [
  { table: 'outbox', key: 'id', endedAt: 'ended_at', before: 'endedBefore' },
  { table: 'reset_links', key: 'token_hash', endedAt: 'expires_at', before: 'endedBefore' },
  { table: 'limits', key: 'key', endedAt: 'ends_at', before: 'now' },
  { table: 'audit', key: 'id', endedAt: 'at', before: 'auditBefore' },
];

/**
 * Removes rows nobody can use any more, a batch at a time; answers how many.
 *
 * @param removeBatch Removes up to {@link BATCH_ROWS} rows that ended before that time; answers how many it removed.
 */
export async function removeInBatches(
  ages: RetentionAges,
  removeBatch: (table: EndingTable, before: number) => Promise<number>,
): Promise<number> {
  let removed = 0;
  for (const table of ENDING_TABLES) {
    for (;;) {
      const changes = await removeBatch(table, ages[table.before]);
      removed += changes;
      if (changes < BATCH_ROWS) break;
    }
  }
  return removed;
}
