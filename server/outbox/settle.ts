import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Clock } from '../ports.ts';
import { GIVE_UP_AFTER_MS, pauseAfter, ROW_BACKOFF, STALLED_BACKOFF } from './backoff.ts';
import type { Gate } from './gate.ts';
import type { EndState, Holder, LaneName, OutboxStore, OutboxWork } from './outbox-store.ts';
import type { Verdict } from './verdict.ts';

/** How long to wait before a verdict that could not be written is written again. */
const REWRITE_AFTER_MS = 1_000;

/** Writes down what became of a row. */
export type Settle = (
  work: OutboxWork,
  holder: Holder,
  verdict: Verdict,
  /** Of the gate, from when the work began. */
  mark: number,
  isClosed: () => boolean,
) => Promise<void>;

/**
 * Makes the part of a lane that turns verdicts into the row's next state, and tells the gate (before it first waits) and
 * the log.
 */
export function createSettle(parts: {
  readonly name: LaneName;
  readonly store: OutboxStore;
  readonly gate: Gate;
  /** Whether a row may be given up for its age. */
  readonly mayGiveUp: () => boolean;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}): Settle {
  const { name, store, gate, clock, log } = parts;
  // Events of the two stages are told apart by their first word: reset-delayed, message-delayed.
  const about = name === 'asked' ? 'reset' : 'message';

  async function end(work: OutboxWork, holder: Holder, state: EndState, reason?: string): Promise<void> {
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

  async function putOff(work: OutboxWork, holder: Holder, reason: string, isStalled: boolean): Promise<void> {
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

  async function write(work: OutboxWork, holder: Holder, verdict: Verdict): Promise<void> {
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

function whose(work: OutboxWork): object {
  return work.lane === 'asked'
    ? { clientAddress: work.clientAddress }
    : { userId: work.userId, kind: work.kind };
}
