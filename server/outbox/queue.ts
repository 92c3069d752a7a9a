import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type Holder,
  type OutboxRow,
  type OutboxStore,
  type QueueName,
  REQUEST_QUEUE,
} from '../ports/outbox-store.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createClockJumps } from './clock-jumps.ts';
import { createRecordResult, type Result } from './results.ts';

/** How long a row is held without a sign of life; what a killed process held is free after that. */
export const LEASE_MS = 6_000;

/** How many rows of a queue are worked on at once, if nothing else is said. */
export const QUEUE_WIDTH = 4;

/** Most rows a queue holds: those worked on, and those whose end is on its way to a disk that may be slow. */
const MOST_HELD = 64;

/** After how long others need not wait for the end of a piece of work any more. */
const SLOW_AFTER_MS = 10_000;

/** Of the grace of `close`, what is left for writing down how work ended that was broken off. */
const WRITE_DOWN_MS = 1_000;

const LONGEST_SLEEP_MS = 5_000;

/** How long a message that can go elsewhere waits behind a try that shows no sign of life. */
const PASS_ON_AFTER_MS = 700;

/** How often is looked for such messages. */
const LOOK_AGAIN_MS = 200;

/** A queue at work. */
export interface Queue {
  /** Looks for work now; more than one call at once is as good as one. */
  wake(): void;
  /**
   * Takes no more work; resolves when what is under way has ended; it is broken off shortly before `graceMs` is over, and
   * nothing is held any more that somebody else could go on with. Again, with less, while it waits: then that counts.
   */
  close(graceMs: number): Promise<void>;
}

/** What a queue is made of. */
export interface QueueParts {
  readonly name: QueueName;
  /** Name of this process's outbox, different from every other's. */
  readonly owner: string;
  readonly store: OutboxStore;
  /**
   * Does the work of one row. May throw: the row is then tried again. `signal` aborts when somebody else has taken the
   * row over, as happens to a process that stood still for longer than its lease, and when the queue is closed.
   */
  readonly work: (row: OutboxRow, holder: Holder, signal: AbortSignal) => Promise<Result>;
  /** Says where a message goes that need not wait for this queue. @default all of them wait */
  readonly passOn?: ((row: OutboxRow) => Promise<Result>) | undefined;
  /** Called when a message went to another queue. */
  readonly onMoved?: (() => void) | undefined;
  readonly clock: Clock;
  /** A stopwatch nobody sets. @default performance.now */
  readonly elapsedMs?: (() => number) | undefined;
  /** @default {@link QUEUE_WIDTH} */
  readonly width?: number;
  readonly random: () => number;
  readonly log: Logger;
  /** @default {@link LEASE_MS} */
  readonly leaseMs?: number | undefined;
}

/**
 * Starts working through a queue's rows: claims what is due, a few at a time, and sleeps until the next is. While the
 * end of a row is written down, the next is worked on already.
 */
export function startQueue(parts: QueueParts): Queue {
  const { name, owner, store, clock, log } = parts;
  const leaseMs = parts.leaseMs ?? LEASE_MS;
  const elapsedMs = parts.elapsedMs ?? (() => performance.now());
  const breaker = createCircuitBreaker(parts.width ?? QUEUE_WIDTH, elapsedMs);
  const clockJumps = createClockJumps({ ...parts, leaseMs, elapsedMs });
  const recordResult = createRecordResult({ ...parts, breaker, mayGiveUp: clockJumps.mayGiveUp });
  const held = new Map<number, Promise<void>>();
  /** Since when work is under way, on the stopwatch, and what breaks it off. */
  const working = new Map<AbortController, number>();
  let isClosed = false;
  let isLooking = false;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  /** On the stopwatch; the soonest that was asked for. */
  let endsAtMs = Number.POSITIVE_INFINITY;

  function wake(): void {
    isWoken = true;
    if (isLooking || isClosed) return;
    isLooking = true;
    looking = look().finally(() => {
      isLooking = false;
      // Woken after the last look and before this line.
      if (isWoken) wake();
    });
  }

  async function look(): Promise<void> {
    clearTimeout(timer);
    let sleepMs = LONGEST_SLEEP_MS;
    try {
      while (isWoken && !isClosed) {
        isWoken = false;
        await clockJumps.correctClockJump();
        await claim();
        sleepMs = await untilNext();
      }
    } catch (error) {
      log.error({ event: 'outbox-unavailable', lane: name, err: error });
    }
    if (!isClosed) timer = setTimeout(wake, sleepMs);
  }

  function room(): number {
    const slow = [...working.values()].filter((since) => elapsedMs() - since >= SLOW_AFTER_MS).length;
    return Math.min(breaker.allowance(working.size, slow), MOST_HELD - held.size);
  }

  async function claim(): Promise<void> {
    const mayTakeOver = clockJumps.mayTakeOver();
    const count = room();
    if (count === 0) return passOn();
    await work(await store.claim(name, owner, clock.now(), leaseMs, count, mayTakeOver), parts.work);
  }

  /** While the other side is away, or has shown no sign of life yet, what can go elsewhere does. */
  async function passOn(): Promise<void> {
    if (parts.passOn === undefined || breaker.isProven()) return;
    const now = clock.now();
    const dueBy = breaker.opensInMs() > 0 ? now : now - PASS_ON_AFTER_MS;
    await work(
      await store.claimToPassOn(name, owner, now, leaseMs, { count: MOST_HELD, dueBy }),
      parts.passOn,
    );
  }

  async function work(rows: readonly OutboxRow[], how: QueueParts['work']): Promise<void> {
    for (const row of rows) {
      // Claimed while it was closed: given back as it was.
      if (isClosed && !held.has(row.id)) {
        await giveBack(row.id);
        continue;
      }
      // Claimed by ourselves a second time: this process was held up for longer than its lease.
      if (!held.has(row.id)) held.set(row.id, run(row, how));
    }
  }

  /** Lets another process claim a row now, and not when the lease of this one is over. Never rejects. */
  async function giveBack(id: number): Promise<void> {
    try {
      await store.delay({ id, owner }, clock.now(), 'Gatehouse ended before it was done', 'refused');
    } catch (error) {
      log.warn({ event: 'lease-not-returned', lane: name, id, err: error });
    }
  }

  /** One row from claim to end. Never rejects. */
  async function run(row: OutboxRow, how: QueueParts['work']): Promise<void> {
    const holder = { id: row.id, owner };
    const breakOff = new AbortController();
    const renew = async (): Promise<void> => {
      try {
        if (await store.renew(holder, clock.now() + leaseMs)) return;
        breakOff.abort(new Error('another process has taken the row over'));
      } catch (error) {
        log.warn({ event: 'lease-not-renewed', lane: name, id: row.id, err: error });
      }
    };
    const heartbeat = setInterval(() => void renew(), leaseMs / 3);
    const mark = breaker.mark();
    working.set(breakOff, elapsedMs());
    try {
      const result = await how(row, holder, breakOff.signal).catch((error: unknown): Result => {
        log.error({ event: 'outbox-work-failed', lane: name, id: row.id, err: error });
        const reason = 'unexpected failure, see outbox-work-failed in the log';
        return { kind: 'delay', reason, isUnproven: true };
      });
      const recorded = recordResult(row, holder, result, mark, () => isClosed);
      working.delete(breakOff);
      wake();
      await recorded;
    } finally {
      clearInterval(heartbeat);
      held.delete(row.id);
      wake();
    }
  }

  async function untilNext(): Promise<number> {
    // Whatever ends next wakes the queue.
    const mayPassOn = parts.passOn !== undefined && !breaker.isProven();
    if (room() === 0 && held.size > 0) return mayPassOn ? LOOK_AGAIN_MS : LONGEST_SLEEP_MS;
    const nextAt = await store.nextAt(name);
    if (nextAt === undefined) return LONGEST_SLEEP_MS;
    const closedMs = mayPassOn ? Math.min(breaker.opensInMs(), LOOK_AGAIN_MS) : breaker.opensInMs();
    const waitMs = Math.max(nextAt - clock.now(), closedMs);
    return Math.min(Math.max(waitMs, 20), LONGEST_SLEEP_MS);
  }

  async function endWithin(ms: number): Promise<void> {
    const ended = new AbortController();
    const grace = sleep(Math.max(ms, 0), undefined, ended).catch(() => undefined);
    await Promise.race([Promise.all([looking, ...held.values()]), grace]);
    ended.abort();
  }

  wake();
  return {
    wake,
    close: async (graceMs) => {
      isClosed = true;
      clearTimeout(timer);
      endsAtMs = Math.min(endsAtMs, elapsedMs() + graceMs);
      const leftMs = (): number => endsAtMs - elapsedMs();
      await endWithin(leftMs() - WRITE_DOWN_MS);
      // So that it is written down whether a message may have been sent, and the next process waits with it.
      for (const breakOff of working.keys()) breakOff.abort(new Error('Gatehouse ends'));
      await endWithin(Math.min(leftMs(), WRITE_DOWN_MS));
      // Nothing was sent for a request yet. A message that cannot be broken off may be on its way: its lease runs out.
      if (name === REQUEST_QUEUE) await Promise.all([...held.keys()].map(giveBack));
    },
  };
}
