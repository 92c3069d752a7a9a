import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import type { Storage } from './storage.ts';

/** How long ended work and dead links are kept, in days. */
export const RETENTION_DAYS = 30;

/** How long the audit trail is kept when nothing else is said, in days. */
export const AUDIT_RETENTION_DAYS = 365;

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Removes old rows now and once an hour. A failure is logged and tried again an hour later.
 *
 * @param deps.days Default {@link RETENTION_DAYS}.
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
  const keepMs = (deps.days ?? RETENTION_DAYS) * DAY_MS;
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
