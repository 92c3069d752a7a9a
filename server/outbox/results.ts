import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type EndState,
  type Holder,
  isRequest,
  type OutboxRow,
  type OutboxStore,
  type QueueName,
  REQUEST_QUEUE,
} from '../ports/outbox-store.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';

/** First and longest pause between tries of one row. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * Pauses of a row that was refused for now: 5 s, 10 s, 20 s … 10 minutes. Somebody waits for it in front of a screen,
 * so not the half hour mail between servers takes; greylisting commonly ends after one to five minutes.
 * Source: RFC 5321 section 4.5.4.1.
 */
export const ROW_BACKOFF: Backoff = { firstMs: 5_000, maxMs: 10 * 60_000 };

/** Pauses while the other side is away as a whole: shorter, so that its return is soon seen. */
export const STALLED_BACKOFF: Backoff = { firstMs: 5_000, maxMs: 60_000 };

/** For how long a row is tried before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** How long after the start, or after the clock was set, nothing is given up: a machine that was off tries again too. */
export const GIVE_UP_GRACE_MS = 20 * 60_000;

/** The longest pause there is, chance included: a row due later than that is due by mistake. */
export const LONGEST_PAUSE_MS = ROW_BACKOFF.maxMs * 1.25;

/**
 * How long to wait after a try: doubles each time, with up to a quarter more at random so that rows that failed
 * together do not come back together.
 *
 * @param tries How many there were, at least 1.
 * @param random In [0, 1).
 */
export function pauseAfter(tries: number, backoff: Backoff, random: number): number {
  const plain = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(tries - 1, 30));
  return Math.round(plain * (1 + random / 4));
}

/** What became of one try of a row. `isUnproven`: it ended before the other side was asked, and says nothing of it. */
export type Verdict =
  /** Nothing is left to do; the row is ended with this state. */
  | { readonly kind: 'end'; readonly state: EndState; readonly reason?: string; readonly isUnproven?: true }
  /** Nothing is left to do, and the row was ended in the course of the work. */
  | { readonly kind: 'ended' }
  /** This row has to wait. */
  | { readonly kind: 'delay'; readonly reason: string; readonly isUnproven?: true }
  /** The whole queue has to wait. */
  | { readonly kind: 'stall'; readonly reason: string };

/** How long to wait before a verdict that could not be written is written again. */
const REWRITE_AFTER_MS = 1_000;

/** Writes down what became of a row. */
export type RecordResult = (
  work: OutboxRow,
  holder: Holder,
  verdict: Verdict,
  /** Of the gate, from when the work began. */
  mark: number,
  isClosed: () => boolean,
) => Promise<void>;

/**
 * Makes the part of a queue that turns verdicts into the row's next state, and tells the gate (before it first waits) and
 * the log.
 */
export function createRecordResult(parts: {
  readonly name: QueueName;
  readonly store: OutboxStore;
  readonly gate: CircuitBreaker;
  /** Whether a row may be given up for its age. */
  readonly mayGiveUp: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}): RecordResult {
  const { name, store, gate, clock, log } = parts;
  // Events of the two stages are told apart by their first word: reset-delayed, message-delayed.
  const about = name === REQUEST_QUEUE ? 'reset' : 'message';

  async function end(work: OutboxRow, holder: Holder, state: EndState, reason?: string): Promise<void> {
    const isEnded = await store.end(holder, state, reason, clock.now());
    if (!isEnded) log.warn({ event: 'lease-lost', lane: name, id: work.id });
    if (state === 'dead') {
      log.error({
        event: `${about}-dead`,
        id: work.id,
        lane: name,
        ...whose(work),
        tries: work.tries,
        reason,
      });
    }
  }

  async function putOff(work: OutboxRow, holder: Holder, reason: string, isStalled: boolean): Promise<void> {
    const now = clock.now();
    if (now - work.waitingSince >= GIVE_UP_AFTER_MS && parts.mayGiveUp())
      return end(work, holder, 'dead', reason);
    const pauseMs = pauseAfter(work.tries, isStalled ? STALLED_BACKOFF : ROW_BACKOFF, parts.random());
    await store.delay(holder, now + pauseMs, reason, isStalled);
    const details = {
      id: work.id,
      lane: name,
      ...whose(work),
      tries: work.tries,
      nextTryMs: pauseMs,
      reason,
    };
    log.warn({ event: `${about}-delayed`, ...details });
  }

  async function write(work: OutboxRow, holder: Holder, verdict: Verdict): Promise<void> {
    if (verdict.kind === 'end') await end(work, holder, verdict.state, verdict.reason);
    else if (verdict.kind === 'delay') await putOff(work, holder, verdict.reason, false);
    else if (verdict.kind === 'stall') await putOff(work, holder, verdict.reason, true);
  }

  /** The other side is back: whatever waited for it goes on now. */
  async function hasten(): Promise<void> {
    try {
      const rows = await store.hasten(name, clock.now());
      log.info({ event: 'lane-moves-again', lane: name, rows });
    } catch (error) {
      log.warn({ event: 'outbox-unavailable', lane: name, err: error });
    }
  }

  return async (work, holder, verdict, mark, isClosed) => {
    if (verdict.kind === 'stall') gate.fail();
    const isBack = verdict.kind !== 'stall' && !('isUnproven' in verdict) && gate.succeed(mark);
    for (;;) {
      try {
        await write(work, holder, verdict);
        break;
      } catch (error) {
        // A message that went out must be marked so before its lease is over, or it goes out twice.
        log.error({ event: 'outbox-unavailable', lane: name, id: work.id, err: error });
        if (isClosed()) return;
        await sleep(REWRITE_AFTER_MS);
      }
    }
    if (isBack) await hasten();
  };
}

function whose(work: OutboxRow): object {
  return isRequest(work) ? { clientAddress: work.clientAddress } : { userId: work.userId, kind: work.kind };
}
