import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxStore, QueueName } from '../ports/outbox-store.ts';
import { GIVE_UP_GRACE_MS, LONGEST_PAUSES } from './results.ts';

/** What the wall clock may differ from a stopwatch before it counts as a jump; drift and slewing stay below. */
export const JUMP_TOLERANCE_MS = 1_000;

/** Notices that the wall clock was set. */
export interface ClockWatch {
  /** By how much the clock was set since the last look, in ms, backwards below 0; 0 when it was not. */
  look(): number;
}

/**
 * Makes the watch. Leases and due times are wall-clock times, because several processes and restarts share them; this
 * tells when they cannot be believed. A machine that slept looks like a clock set forward, and is meant to.
 *
 * @param elapsedMs A stopwatch that nobody sets, such as `performance.now`.
 */
export function createClockWatch(clock: Clock, elapsedMs: () => number): ClockWatch {
  let wall = clock.now();
  let stopwatch = elapsedMs();
  return {
    look: () => {
      const nowWall = clock.now();
      const nowStopwatch = elapsedMs();
      const jumpMs = nowWall - wall - (nowStopwatch - stopwatch);
      wall = nowWall;
      stopwatch = nowStopwatch;
      return Math.abs(jumpMs) < JUMP_TOLERANCE_MS ? 0 : Math.round(jumpMs);
    },
  };
}

/** How far the clocks of two machines on one storage may be apart. */
const CLOCK_SKEW_MS = 60_000;

/** Decides what may be done by the word of the clock. */
export interface ClockJumps {
  /** Looks at the clock; true when a lease that is over is really over. */
  mayTakeOver(): boolean;
  /** Whether a row may be given up for its age. */
  mayGiveUp(): boolean;
  /** Sets right, once it is time after a jump or the start, what the clock left behind. */
  correctClockJump(): Promise<void>;
}

/**
 * Makes the part of a queue that keeps its head while the clock jumps. A lease is over when the wall clock says so; set
 * forward, it would say so of leases that are kept. So after a jump nothing is taken over for one lease time by the
 * stopwatch, in which whoever is alive renews; after that, rows due too far away (the clock was set back) are due now.
 */
export function createClockJumps(parts: {
  readonly name: QueueName;
  readonly store: Pick<OutboxStore, 'correctClockJump'>;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly elapsedMs: () => number;
  readonly log: Logger;
}): ClockJumps {
  const { name, store, leaseMs, clock, elapsedMs, log } = parts;
  const watch = createClockWatch(clock, elapsedMs);
  let believedAt = Number.NEGATIVE_INFINITY;
  let setAt = elapsedMs();
  let correctAt: number | undefined = setAt + leaseMs;

  return {
    mayTakeOver: () => {
      const jumpMs = watch.look();
      if (jumpMs !== 0) {
        log.warn({ event: 'clock-moved', lane: name, jumpMs });
        setAt = elapsedMs();
        believedAt = setAt + leaseMs;
        correctAt = believedAt;
      }
      return elapsedMs() >= believedAt;
    },
    mayGiveUp: () => elapsedMs() - setAt >= GIVE_UP_GRACE_MS,
    correctClockJump: async () => {
      if (correctAt === undefined || elapsedMs() < correctAt) return;
      const longest = { ...LONGEST_PAUSES, leaseMs: leaseMs + CLOCK_SKEW_MS };
      const rows = await store.correctClockJump(name, clock.now(), longest);
      correctAt = undefined;
      if (rows > 0) log.warn({ event: 'clock-straightened', lane: name, rows });
    },
  };
}
