import { isOut, type JellyfinState, type Probe } from '../jellyfin/readiness.ts';
import type { Log } from '../kit/log.ts';

/** Tells of Jellyfin going away and coming back, and counts the requests that failed meanwhile. */
export interface OutageLog {
  /** A request could not be carried to Jellyfin. */
  requestFailed(error: unknown): void;
  /** A file could not be rewritten and goes out as it is. */
  rewriteFailed(route: string, error: unknown): void;
  /** Jellyfin was probed. */
  probed(probe: Probe, before: JellyfinState): void;
}

/** Least time between two lines about failed requests, in milliseconds. */
const PAUSE_MS = 10_000;

/**
 * Makes the log of an outage: one line when it begins, one when it is over, and at most one in 10 s about the requests
 * that failed, with their number; a line for each would be a way to fill the disk.
 *
 * @param now A clock that never goes back, in milliseconds; default that of the process.
 */
export function createOutageLog(log: Log, now: () => number = () => performance.now()): OutageLog {
  let goneAt: number | undefined;
  let failedSinceGone = 0;
  let isStrangeTold = false;

  function counted(
    event: 'jellyfin-unreachable' | 'rewrite-failed',
  ): (about: object, error: unknown) => void {
    let unreported = 0;
    let reportedAt = Number.NEGATIVE_INFINITY;
    return (about, error) => {
      unreported += 1;
      if (now() - reportedAt < PAUSE_MS) return;
      reportedAt = now();
      log.warn({
        event,
        ...about,
        requests: unreported,
        error: error instanceof Error ? error.message : String(error),
      });
      unreported = 0;
    };
  }
  const reportRequest = counted('jellyfin-unreachable');
  const reportRewrite = counted('rewrite-failed');

  return {
    requestFailed(error) {
      failedSinceGone += 1;
      reportRequest({}, error);
    },
    rewriteFailed: (route, error) => reportRewrite({ route }, error),
    probed({ state, reason }, before) {
      if (isOut(state) && goneAt === undefined) {
        goneAt = now();
        log.warn({ event: 'jellyfin-away', state, reason });
      } else if (state === 'ready' && goneAt !== undefined) {
        log.info({
          event: 'jellyfin-back',
          afterMs: Math.round(now() - goneAt),
          failedRequests: failedSinceGone,
        });
        goneAt = undefined;
        failedSinceGone = 0;
      } else if (state === 'unknown' && !isStrangeTold) {
        isStrangeTold = true;
        log.warn({
          event: 'jellyfin-unrecognized',
          fix: 'What answers at jellyfin.url does not say what Jellyfin says: see whether the address, its port and its base URL are right.',
        });
      } else if (state !== before) log.debug({ event: 'jellyfin-state', state });
      if (state === 'ready') isStrangeTold = false;
    },
  };
}
