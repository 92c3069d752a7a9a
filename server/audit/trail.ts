import type { EventListener, Logger } from '../log.ts';
import type { Audit, AuditEntry, Clock } from '../ports.ts';
import { AUDITED_EVENTS } from './events.ts';
import { toAuditEntry } from './to-entry.ts';

/** Most rows of one event that strangers can cause, in a minute. The rest is in the log and in the counters. */
export const FLOOD_ROWS_PER_MINUTE = 300;

/** Most rows that wait to be written; a database that hangs must not eat the memory. */
export const MAX_WAITING_ROWS = 5_000;

/** Rows that are on their way to the disk together: one wait for all of them. */
const ROWS_AT_ONCE = 8;

const MINUTE_MS = 60_000;

/** Keeps what happens in the audit table. */
export interface Trail {
  /** Takes an event of the log; keeps it when it is one to keep. Never throws, never waits. */
  readonly take: EventListener;
  /** Resolves when what was taken so far is written, or could not be. */
  drain(): Promise<void>;
}

/**
 * Makes the trail. Rows are written a few at a time, beside the work they tell of: a database that is slow or away
 * delays no request, and changes the time of no answer.
 *
 * @param deps.onLost Called for each event that could not be kept.
 */
export function createTrail(deps: {
  readonly audit: Pick<Audit, 'add'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onLost: () => void;
}): Trail {
  const { audit, clock, log, onLost } = deps;
  const waiting: AuditEntry[] = [];
  const windows = new Map<string, { endsAt: number; rows: number; left: number }>();
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    // Not at once: whoever took the event goes on first.
    await new Promise(setImmediate);
    while (waiting.length > 0) await Promise.all(waiting.splice(0, ROWS_AT_ONCE).map(writeOne));
    writing = undefined;
  }

  async function writeOne(entry: AuditEntry): Promise<void> {
    try {
      await audit.add(entry);
    } catch (err) {
      onLost();
      log.error({ event: 'audit-failed', lost: entry.event, err });
    }
  }

  function keep(entry: AuditEntry): void {
    if (waiting.length >= MAX_WAITING_ROWS) {
      onLost();
      return;
    }
    waiting.push(entry);
    writing ??= write();
  }

  /** False when there are enough of this event in this minute. What was left out is told when the minute is over. */
  function isWanted(event: string, now: number): boolean {
    const window = windows.get(event);
    if (window === undefined || now >= window.endsAt || now < window.endsAt - MINUTE_MS) {
      if (window !== undefined && window.left > 0) {
        keep({ at: now, event: 'audit-thinned', details: { of: event, rows: window.left } });
      }
      windows.set(event, { endsAt: now + MINUTE_MS, rows: 1, left: 0 });
      return true;
    }
    if (window.rows >= FLOOD_ROWS_PER_MINUTE) window.left += 1;
    else window.rows += 1;
    return window.left === 0;
  }

  return {
    take(entry) {
      const rule = AUDITED_EVENTS[entry.event];
      if (rule === undefined) return;
      const now = clock.now();
      // Nobody can crowd out what happens to the account of another.
      const kind = rule.isOfAccount === true ? `${entry.event} ${String(entry['userId'])}` : entry.event;
      if (rule.isFloodable === true && !isWanted(kind, now)) return;
      keep(toAuditEntry(entry, rule, now, log.clean));
    },
    async drain() {
      await writing;
    },
  };
}
