import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Notices } from '../ports/notices.ts';
import {
  type Holder,
  isRequest,
  type OutboxRow,
  type OutboxStore,
  type QueueName,
  REQUEST_QUEUE,
} from '../ports/outbox-store.ts';
import type { ResetLinks } from '../ports/reset-links.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createClockJumps } from './clock-jumps.ts';
import { giveUpMissingChannels } from './missing-channels.ts';
import { createNotices } from './notices.ts';
import { createResolveRequest, type ResolveParts } from './resolve-request.ts';
import { createRecordResult, type Result } from './results.ts';
import { createSendMessage, type SendParts } from './send-message.ts';

/** How long `close` waits for what is under way. */
export const CLOSE_GRACE_MS = 10_000;

/** The durable work behind a reset: requests become messages, messages go out. */
export interface Outbox extends Notices {
  /**
   * Begins to work, and gives up what waits for a channel that is not set up any more: `gatehouse messages` lists it, and
   * sends it again once the channel is back. Idempotent.
   */
  start(): void;
  /** Says that there is new work; without it, work is found within 5 s. */
  readonly wake: () => void;
  /**
   * Takes no more work and resolves when what is under way has ended, after 10 s at the latest. The channels are left
   * open. Idempotent.
   */
  close(): Promise<void>;
}

/** What the outbox is made of. */
export interface OutboxParts
  extends Omit<ResolveParts, 'wakeMessages' | 'links' | 'channels'>,
    Omit<SendParts, 'accounts' | 'links'> {
  readonly store: OutboxStore;
  readonly links: ResetLinks;
  /** In [0, 1); default Math.random. */
  readonly random?: () => number;
  /** Default 6 s; tests shorten it. */
  readonly leaseMs?: number;
  /** A stopwatch nobody sets; default `performance.now`. */
  readonly elapsedMs?: () => number;
}

/** Makes the outbox. Several, in one process or many, may work on one store; no message is sent by two. */
export function createOutbox(parts: OutboxParts): Outbox {
  const { store, clock, log } = parts;
  let givingUp = Promise.resolve();
  let queues: { readonly asked: Queue; readonly messages: readonly Queue[] } | undefined;

  const wakeMessages = (): void => {
    for (const queue of queues?.messages ?? []) queue.wake();
  };
  const resolveRequest = createResolveRequest({ ...parts, wakeMessages });
  const sendMessage = createSendMessage(parts);
  const work: QueueParts['work'] = (row, holder, signal) =>
    isRequest(row) ? resolveRequest(row, holder) : sendMessage(row, signal);

  return {
    start: () => {
      if (queues !== undefined) return;
      givingUp = giveUpMissingChannels(parts);
      const { leaseMs, elapsedMs, random = Math.random } = parts;
      const shared = { owner: randomUUID(), store, work, clock, log, random, leaseMs, elapsedMs };
      queues = {
        asked: startQueue({ ...shared, name: REQUEST_QUEUE }),
        messages: parts.channels.map(({ name, width }) => startQueue({ ...shared, name, width })),
      };
    },
    wake: () => {
      queues?.asked.wake();
      wakeMessages();
    },
    passwordChanged: createNotices({ ...parts, wakeMessages }).passwordChanged,
    close: async () => {
      const open = queues;
      queues = undefined;
      await givingUp;
      if (open === undefined) return;
      await Promise.all([open.asked, ...open.messages].map((queue) => queue.close(CLOSE_GRACE_MS)));
    },
  };
}

/** How long a row is held without a sign of life; what a killed process held is free after that. */
export const LEASE_MS = 6_000;

/** How many rows of a queue are worked on at once, if nothing else is said. */
export const QUEUE_WIDTH = 4;

/** Most rows a queue holds: those worked on, and those whose end is on its way to a disk that may be slow. */
const MOST_HELD = 64;

const LONGEST_SLEEP_MS = 5_000;

/** A queue at work. */
export interface Queue {
  /** Looks for work now; more than one call at once is as good as one. */
  wake(): void;
  /** Takes no more work; resolves when what is under way has ended, or after `graceMs`. */
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
   * row over, as happens to a process that stood still for longer than its lease.
   */
  readonly work: (row: OutboxRow, holder: Holder, signal: AbortSignal) => Promise<Result>;
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
  let working = 0;
  let isClosed = false;
  let isLooking = false;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    isWoken = true;
    if (isLooking || isClosed) return;
    isLooking = true;
    void look().finally(() => {
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

  const room = (): number => Math.min(breaker.allowance(working), MOST_HELD - held.size);

  async function claim(): Promise<void> {
    const mayTakeOver = clockJumps.mayTakeOver();
    const count = room();
    if (count === 0) return;
    const rows = await store.claim(name, owner, clock.now(), leaseMs, count, mayTakeOver);
    for (const row of rows) {
      // Claimed by ourselves a second time: this process was held up for longer than its lease.
      if (!held.has(row.id)) held.set(row.id, run(row));
    }
  }

  /** One row from claim to end. Never rejects. */
  async function run(row: OutboxRow): Promise<void> {
    const holder = { id: row.id, owner };
    const takenOver = new AbortController();
    const renew = async (): Promise<void> => {
      try {
        if (await store.renew(holder, clock.now() + leaseMs)) return;
        takenOver.abort(new Error('another process has taken the row over'));
      } catch (error) {
        log.warn({ event: 'lease-not-renewed', lane: name, id: row.id, err: error });
      }
    };
    const heartbeat = setInterval(() => void renew(), leaseMs / 3);
    const mark = breaker.mark();
    working += 1;
    try {
      const result = await parts.work(row, holder, takenOver.signal).catch((error: unknown): Result => {
        log.error({ event: 'outbox-work-failed', lane: name, id: row.id, err: error });
        const reason = 'unexpected failure, see outbox-work-failed in the log';
        return { kind: 'delay', reason, isUnproven: true };
      });
      const recorded = recordResult(row, holder, result, mark, () => isClosed);
      working -= 1;
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
    if (room() === 0 && held.size > 0) return LONGEST_SLEEP_MS;
    const nextAt = await store.nextAt(name);
    if (nextAt === undefined) return LONGEST_SLEEP_MS;
    const waitMs = Math.max(nextAt - clock.now(), breaker.opensInMs());
    return Math.min(Math.max(waitMs, 20), LONGEST_SLEEP_MS);
  }

  wake();
  return {
    wake,
    close: async (graceMs) => {
      isClosed = true;
      clearTimeout(timer);
      const ended = new AbortController();
      const grace = sleep(graceMs, undefined, ended).catch(() => undefined);
      await Promise.race([Promise.all(held.values()), grace]);
      ended.abort();
    },
  };
}
