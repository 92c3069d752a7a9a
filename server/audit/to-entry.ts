import type { LogEntry } from '../../injector/kit/log.ts';
import type { AuditEntry } from '../ports.ts';
import type { EventRule } from './events.ts';

/** Longest text of one field of a row, in characters. */
const MAX_TEXT = 300;

/** Fields that have a column of their own, or say nothing to a reader of the table. */
const NOT_DETAILS = ['event', 'err', 'userId', 'userName', 'clientAddress', 'client', 'askedId', 'lane'];

/**
 * An event as a row of the audit table: who and from where in columns, everything else as details, cleaned of secrets
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
