import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import { GIVE_UP_GRACE_MS, LONGEST_PAUSE_MS } from './backoff.ts';
import { createClockWatch } from './clock-watch.ts';
import type { LaneName, OutboxStore } from './outbox-store.ts';

/** How far the clocks of two machines on one storage may be apart. */
const CLOCK_SKEW_MS = 60_000;

/** Decides what may be done by the word of the clock. */
export interface ClockSense {
  /** Looks at the clock; true when a lease that is over is really over. */
  mayTakeOver(): boolean;
  /** Whether a row may be given up for its age. */
  mayGiveUp(): boolean;
  /** Sets right, once it is time after a jump or the start, what the clock left behind. */
  straighten(): Promise<void>;
}

/**
 * Makes the part of a lane that keeps its head while the clock jumps. A lease is over when the wall clock says so; set
 * forward, it would say so of leases that are kept. So after a jump nothing is taken over for one lease time by the
 * stopwatch, in which whoever is alive renews; after that, rows due too far away (the clock was set back) are due now.
 */
export function createClockSense(parts: {
  readonly name: LaneName;
  readonly store: Pick<OutboxStore, 'straighten'>;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly elapsedMs: () => number;
  readonly log: Logger;
}): ClockSense {
  const { name, store, leaseMs, clock, elapsedMs, log } = parts;
  const watch = createClockWatch(clock, elapsedMs);
  let believedAt = Number.NEGATIVE_INFINITY;
  let setAt = elapsedMs();
  let straightenAt: number | undefined = setAt + leaseMs;

  return {
    mayTakeOver: () => {
      const jumpMs = watch.look();
      if (jumpMs !== 0) {
        log.warn({ event: 'clock-moved', lane: name, jumpMs });
        setAt = elapsedMs();
        believedAt = setAt + leaseMs;
        straightenAt = believedAt;
      }
      return elapsedMs() >= believedAt;
    },
    mayGiveUp: () => elapsedMs() - setAt >= GIVE_UP_GRACE_MS,
    straighten: async () => {
      if (straightenAt === undefined || elapsedMs() < straightenAt) return;
      const longest = { delayMs: LONGEST_PAUSE_MS, leaseMs: leaseMs + CLOCK_SKEW_MS };
      const rows = await store.straighten(name, clock.now(), longest);
      straightenAt = undefined;
      if (rows > 0) log.warn({ event: 'clock-straightened', lane: name, rows });
    },
  };
}
