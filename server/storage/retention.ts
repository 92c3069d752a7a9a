import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RetentionAges, Storage } from '../ports/storage.ts';

/** How many rows one transaction removes; keeps the database free for others in between. */
export const BATCH_ROWS = 500;

/** A table whose rows end, and from when on they may go. */
export interface EndingTable {
  readonly table: string;
  /** Columns of its primary key. */
  readonly key: string;
  /** When a row ended; NULL: not yet. */
  readonly endedAt: string;
  readonly before: keyof RetentionAges;
}

/** Every table that grows. Contacts, choices and settings stay. */
export const ENDING_TABLES: readonly EndingTable[] = [
  { table: 'outbox', key: 'id', endedAt: 'ended_at', before: 'endedBefore' },
  { table: 'reset_links', key: 'token_hash', endedAt: 'expires_at', before: 'endedBefore' },
  { table: 'contact_changes', key: 'secret_hash', endedAt: 'expires_at', before: 'endedBefore' },
  { table: 'account_sessions', key: 'id_hash', endedAt: 'ends_at', before: 'now' },
  { table: 'limits', key: 'key', endedAt: 'ends_at', before: 'now' },
  { table: 'places', key: 'key, holder', endedAt: 'held_until', before: 'now' },
  { table: 'removed_contacts', key: 'user_id, channel', endedAt: 'kept_until', before: 'now' },
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

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long ended work and dead links are kept, in milliseconds: 30 days. */
export const RETENTION_MS = 30 * DAY_MS;

/** How long the audit log is kept when nothing else is said, in days. */
export const AUDIT_RETENTION_DAYS = 365;

const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Removes old rows now and once an hour. A failure is logged and tried again an hour later.
 *
 * @param deps.days Default {@link RETENTION_MS}.
 * @param deps.auditDays Default {@link AUDIT_RETENTION_DAYS}.
 * @returns `stop()`, idempotent.
 */
export function startRetention(deps: {
  readonly storage: Pick<Storage, 'removeOld'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly days?: number;
  readonly auditDays?: number;
}): { stop(): void } {
  const keepMs = deps.days === undefined ? RETENTION_MS : deps.days * DAY_MS;
  const keepAuditMs = (deps.auditDays ?? AUDIT_RETENTION_DAYS) * DAY_MS;
  async function sweep(): Promise<void> {
    try {
      const now = deps.clock.now();
      const rows = await deps.storage.removeOld({
        now,
        endedBefore: now - keepMs,
        auditBefore: now - keepAuditMs,
      });
      if (rows > 0) deps.log.info({ event: 'old-rows-removed', rows });
    } catch (error) {
      deps.log.warn({ event: 'retention-failed', err: error });
    }
  }
  void sweep();
  const timer = setInterval(() => void sweep(), SWEEP_EVERY_MS);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
