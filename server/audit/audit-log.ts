import type { LogEntry } from '../../injector/kit/log.ts';
import type { EventListener, Logger } from '../log/log.ts';
import type { Audit, AuditEntry } from '../ports/audit.ts';
import type { Clock } from '../ports/clock.ts';
import { AUDITED_EVENTS, type EventRule } from './events.ts';

/** Longest text of one field of a row, in characters. */
const MAX_TEXT = 300;

/** Fields that have a column of their own, or say nothing to a reader of the table. */
const NOT_DETAILS = ['event', 'err', 'userId', 'userName', 'clientAddress', 'client', 'askedId', 'lane'];

/**
 * Turns an event into a row of the audit table: who and from where in columns, everything else as details, cleaned of secrets
 * and cut.
 */
export function toAuditEntry(
  entry: LogEntry,
  rule: EventRule,
  at: number,
  clean: (value: unknown) => unknown,
): AuditEntry {
  const details = Object.entries(entry)
    .filter(([name, value]) => !NOT_DETAILS.includes(name) && name !== rule.outcome && value !== undefined)
    .map(([name, value]) => [name, shorten(clean(value))]);
  const { err } = entry;
  if (err instanceof Error) details.push(['problem', shorten(clean(err.message))]);
  return {
    at,
    event: entry.event,
    userId: textOf(entry['userId']),
    userName: textOf(entry['userName']),
    clientAddress: textOf(entry['clientAddress'] ?? entry['client']),
    outcome: rule.outcome === undefined ? undefined : textOf(entry[rule.outcome]),
    details: details.length === 0 ? undefined : Object.fromEntries(details),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : undefined;
}

function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.slice(0, MAX_TEXT);
  if (typeof value !== 'object' || value === null) return value;
  return JSON.stringify(value).slice(0, MAX_TEXT);
}

/** Most rows of one event that strangers can cause, in a minute. The rest is in the log and in the counters. */
export const FLOOD_ROWS_PER_MINUTE = 300;

/** The same in a day, or a flood that lasts would fill the disk: 300 a minute are 35 MB a day for each event. */
export const FLOOD_ROWS_PER_DAY = 5_000;

/** Most rows that wait to be written; a database that hangs must not eat the memory. */
export const MAX_WAITING_ROWS = 5_000;

/** Rows that are on their way to the disk together: one wait for all of them. */
const ROWS_AT_ONCE = 100;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How many rows of one event were kept since when; `left` were not. */
interface Window {
  readonly endsAt: number;
  readonly lengthMs: number;
  readonly day: { readonly endsAt: number; rows: number };
  rows: number;
  left: number;
}

/** Keeps events in the audit table. */
export interface AuditLog {
  /** Takes an event of the log; keeps it when it is one to keep. Never throws, never waits. */
  readonly take: EventListener;
  /** Resolves when what was taken so far is written, or could not be. */
  drain(): Promise<void>;
}

/**
 * Makes the audit log. Rows are written a few at a time, beside the work they tell of: a database that is slow or away
 * delays no request, and changes the time of no answer.
 *
 * @param deps.onLost Called for each event that could not be kept.
 */
export function createAuditLog(deps: {
  readonly audit: Pick<Audit, 'add' | 'addAll'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onLost: () => void;
}): AuditLog {
  const { audit, clock, log, onLost } = deps;
  const waiting: AuditEntry[] = [];
  const windows = new Map<string, Window>();
  let writing: Promise<void> | undefined;

  async function write(): Promise<void> {
    // Not at once: whoever took the event goes on first.
    await new Promise(setImmediate);
    while (waiting.length > 0) await writeAll(waiting.splice(0, ROWS_AT_ONCE));
    writing = undefined;
  }

  /** An entry that cannot be kept takes none of the others along. */
  async function writeAll(entries: readonly AuditEntry[]): Promise<void> {
    const areKept =
      entries.length > 1 &&
      (await audit.addAll(entries).then(
        () => true,
        () => false,
      ));
    if (!areKept) await Promise.all(entries.map(writeOne));
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

  function open(before: Window | undefined, now: number): Window {
    const isSameDay = before !== undefined && !isOver(before.day.endsAt, DAY_MS, now);
    const day = isSameDay ? before.day : { endsAt: now + DAY_MS, rows: 0 };
    // Told once a day from then on, and not every minute.
    return day.rows >= FLOOD_ROWS_PER_DAY
      ? { day, endsAt: day.endsAt, lengthMs: DAY_MS, rows: 0, left: 0 }
      : { day, endsAt: now + MINUTE_MS, lengthMs: MINUTE_MS, rows: 0, left: 0 };
  }

  /** False when there are enough of this event in this minute or day. What was left out is told when that is over. */
  function isWanted(event: string, now: number): boolean {
    let window = windows.get(event);
    if (window === undefined || isOver(window.endsAt, window.lengthMs, now)) {
      const { left = 0 } = window ?? {};
      if (left > 0) keep({ at: now, event: 'audit-thinned', details: { of: event, rows: left } });
      window = open(window, now);
      windows.set(event, window);
    }
    const isFull = window.rows >= FLOOD_ROWS_PER_MINUTE || window.day.rows >= FLOOD_ROWS_PER_DAY;
    if (isFull || window.left > 0) {
      window.left += 1;
      return false;
    }
    window.rows += 1;
    window.day.rows += 1;
    return true;
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

/** Also when the clock was set back to before it began. */
function isOver(endsAt: number, lengthMs: number, now: number): boolean {
  return now >= endsAt || now < endsAt - lengthMs;
}
