import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import type { Storage } from './storage.ts';

/** How long ended work and dead links are kept, in days. */
export const RETENTION_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

/**
 * Removes old rows now and once an hour. A failure is logged and tried again an hour later.
 *
 * @param deps.days Default {@link RETENTION_DAYS}.
 * @returns `stop()`, idempotent.
 */
export function startRetention(deps: {
  readonly storage: Pick<Storage, 'removeOld'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly days?: number;
}): { stop(): void } {
  const keepMs = (deps.days ?? RETENTION_DAYS) * DAY_MS;
  async function sweep(): Promise<void> {
    try {
      const rows = await deps.storage.removeOld(deps.clock.now() - keepMs);
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
