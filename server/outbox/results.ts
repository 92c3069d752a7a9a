import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log/log.ts';
import { MOST_RETRY_AFTER_MS } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import {
  type DelayCause,
  type EndState,
  type Holder,
  isRequest,
  type OutboxRow,
  type OutboxStore,
  type QueueName,
  REQUEST_QUEUE,
} from '../ports/outbox-store.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { RouteStep } from './route.ts';

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

/**
 * Pauses of a message that may have been sent: a quarter of an hour, twice as long each time, up to eight hours, so that
 * somebody whose mail server takes every copy has eight of them in a day. Source: RFC 5321 section 4.5.4.1.
 */
export const UNCONFIRMED_BACKOFF: Backoff = { firstMs: 15 * 60_000, maxMs: 8 * 60 * 60_000 };

/** For how long a row is tried before it is given up. */
export const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** How long after the start, or after the clock was set, nothing is given up: a machine that was off tries again too. */
export const GIVE_UP_GRACE_MS = 20 * 60_000;

/** The longest pauses there are, chance included: a row due later than that is due by mistake. */
export const LONGEST_PAUSES = {
  delayMs: Math.max(ROW_BACKOFF.maxMs * 1.25, MOST_RETRY_AFTER_MS),
  unconfirmedMs: UNCONFIRMED_BACKOFF.maxMs * 1.25,
};

const BACKOFFS: Readonly<Record<DelayCause, Backoff>> = {
  refused: ROW_BACKOFF,
  stalled: STALLED_BACKOFF,
  unconfirmed: UNCONFIRMED_BACKOFF,
};

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

/**
 * What became of one try of a row. `isUnproven`: it ended before the other side was asked, and says nothing of it.
 * `retryAfterMs`: the other side asks for no other try before so many milliseconds are over.
 */
export type Result =
  /** Nothing is left to do; the row is ended with this state. */
  | { readonly kind: 'end'; readonly state: EndState; readonly reason?: string; readonly isUnproven?: true }
  /** Nothing is left to do, and the row was ended in the course of the work. */
  | { readonly kind: 'ended' }
  /** This row has to wait. */
  | {
      readonly kind: 'delay';
      readonly reason: string;
      readonly isUnproven?: true;
      readonly retryAfterMs?: number;
    }
  /** The whole queue has to wait. */
  | { readonly kind: 'stall'; readonly reason: string; readonly retryAfterMs?: number }
  /** The message goes to another of its contacts; `of`: how the try at this one ended. */
  | {
      readonly kind: 'move';
      readonly to: RouteStep;
      readonly of: 'delay' | 'stall';
      readonly reason: string;
      readonly isUnproven?: true;
      readonly retryAfterMs?: number;
    }
  /** This row may have been sent and has to wait long; the other side did not answer, so others wait a little. */
  | { readonly kind: 'unconfirmed'; readonly reason: string };

const CAUSES = { delay: 'refused', stall: 'stalled', unconfirmed: 'unconfirmed' } as const;

/** How long to wait before a result that could not be written is written again. */
const REWRITE_AFTER_MS = 1_000;

/** Writes down what became of a row. */
export type RecordResult = (
  row: OutboxRow,
  holder: Holder,
  result: Result,
  /** Of the breaker, from when the work began. */
  mark: number,
  isClosed: () => boolean,
) => Promise<void>;

/**
 * Makes the part of a queue that turns results into the row's next state, and tells the breaker (before it first waits) and
 * the log.
 */
export function createRecordResult(parts: {
  readonly name: QueueName;
  readonly store: OutboxStore;
  readonly breaker: CircuitBreaker;
  /** Called when a message went to another queue. */
  readonly onMoved?: (() => void) | undefined;
  /** Whether a row may be given up for its age. */
  readonly mayGiveUp: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}): RecordResult {
  const { name, store, breaker, clock, log } = parts;
  // Events of the two stages are told apart by their first word: reset-delayed, message-delayed.
  const about = name === REQUEST_QUEUE ? 'reset' : 'message';

  async function end(row: OutboxRow, holder: Holder, state: EndState, reason?: string): Promise<void> {
    const isEnded = await store.end(holder, state, reason, clock.now());
    if (!isEnded) log.warn({ event: 'lease-lost', lane: name, id: row.id });
    if (state === 'dead') {
      log.error({
        event: `${about}-dead`,
        id: row.id,
        lane: name,
        ...whose(row),
        tries: row.tries,
        reason,
      });
    }
  }

  async function putOff(
    row: OutboxRow,
    holder: Holder,
    result: Extract<Result, { kind: keyof typeof CAUSES }>,
  ): Promise<void> {
    const { reason } = result;
    const askedMs = askedPause(result);
    // What was asked to wait is not hastened when others get through.
    const cause: DelayCause = askedMs > 0 ? 'refused' : CAUSES[result.kind];
    const now = clock.now();
    if (now - row.waitingSince >= GIVE_UP_AFTER_MS && parts.mayGiveUp())
      return end(row, holder, 'dead', reason);
    const pauseMs = Math.max(pauseAfter(row.tries, BACKOFFS[CAUSES[result.kind]], parts.random()), askedMs);
    await store.delay(holder, now + pauseMs, reason, cause);
    const details = {
      id: row.id,
      lane: name,
      ...whose(row),
      tries: row.tries,
      nextTryMs: pauseMs,
      reason,
    };
    log.warn({ event: `${about}-delayed`, ...details });
  }

  async function move(
    row: OutboxRow,
    holder: Holder,
    result: Extract<Result, { kind: 'move' }>,
  ): Promise<void> {
    const { to, reason } = result;
    const askedMs = askedPause(result);
    const now = clock.now();
    const { isAnew, ...next } = to;
    if (isAnew && now - row.waitingSince >= GIVE_UP_AFTER_MS && parts.mayGiveUp())
      return end(row, holder, 'dead', reason);
    const pauseMs = isAnew
      ? Math.max(pauseAfter(to.route.round, STALLED_BACKOFF, parts.random()), askedMs)
      : 0;
    const step = { ...next, dueAt: now + pauseMs, cause: isAnew ? 'stalled' : 'refused' } as const;
    const isMoved = await store.moveOn(holder, step, reason);
    if (!isMoved) return log.warn({ event: 'lease-lost', lane: name, id: row.id });
    const details = { id: row.id, lane: name, ...whose(row), tries: row.tries, reason };
    if (isAnew) log.warn({ event: 'message-delayed', ...details, nextTryMs: pauseMs });
    else log.warn({ event: 'message-moved', ...details, to: to.queue });
    parts.onMoved?.();
  }

  async function write(row: OutboxRow, holder: Holder, result: Result): Promise<void> {
    if (result.kind === 'move') return move(row, holder, result);
    if (result.kind === 'end') await end(row, holder, result.state, result.reason);
    else if (result.kind !== 'ended') await putOff(row, holder, result);
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

  return async (row, holder, result, mark, isClosed) => {
    const how = result.kind === 'move' ? result.of : result.kind;
    const isUnproven = 'isUnproven' in result;
    const isAway = !isUnproven && (how === 'stall' || how === 'unconfirmed');
    if (isAway) breaker.fail(askedPause(result));
    const isBack = !isAway && !isUnproven && breaker.succeed(mark);
    for (;;) {
      try {
        await write(row, holder, result);
        break;
      } catch (error) {
        // A message that went out must be marked so before its lease is over, or it goes out twice.
        log.error({ event: 'outbox-unavailable', lane: name, id: row.id, err: error });
        if (isClosed()) return;
        await sleep(REWRITE_AFTER_MS);
      }
    }
    if (isBack) await hasten();
  };
}

/** The pause that the other side asked for, in milliseconds; 0 when it asked for none. */
function askedPause(result: Result): number {
  const ms = 'retryAfterMs' in result ? (result.retryAfterMs ?? 0) : 0;
  return Math.min(Math.max(ms, 0), MOST_RETRY_AFTER_MS);
}

function whose(row: OutboxRow): object {
  return isRequest(row) ? { clientAddress: row.clientAddress } : { userId: row.userId, kind: row.kind };
}
