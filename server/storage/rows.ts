import { randomBytes } from 'node:crypto';
import type { AuditEntry, KeptAuditEntry } from '../ports/audit.ts';
import { CONTACT_STATES, type ContactState, type KeptContact } from '../ports/contacts.ts';
import type { LimitState } from '../ports/limits.ts';
import type { AccountPreferences } from '../ports/preferences.ts';
import type { LinkState } from '../ports/reset-links.ts';
import type { ContactMark } from '../ports/storage.ts';

/** A row as a database driver gives it; PostgreSQL's 64-bit integers come as text. */
export type Row = Readonly<Record<string, unknown>>;

/** A text column that is never NULL. */
export function text(row: Row, column: string): string {
  return String(row[column]);
}

/** A text column; undefined for NULL. */
export function optionalText(row: Row, column: string): string | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : String(value);
}

/** A whole-number column that is never NULL. */
export function integer(row: Row, column: string): number {
  return Number(row[column]);
}

/** A whole-number column; undefined for NULL. */
export function optionalInteger(row: Row, column: string): number | undefined {
  const value = row[column];
  return value === null || value === undefined ? undefined : Number(value);
}

/** Columns of the audit table that come from an entry, in the order of {@link auditValues}. */
export const AUDIT_COLUMNS = 'at, event, user_id, user_name, client_address, outcome, details';

/** An entry's values, NULL where it says nothing. */
export function auditValues(entry: AuditEntry): readonly (string | number | null)[] {
  const { at, event, userId, userName, clientAddress, outcome, details } = entry;
  const json = details === undefined ? null : JSON.stringify(details);
  return [at, event, userId ?? null, userName ?? null, clientAddress ?? null, outcome ?? null, json];
}

/** Reads rows of the preferences table, by account. */
export function toPreferences(rows: readonly Row[]): ReadonlyMap<string, AccountPreferences> {
  return new Map(rows.map((row) => [text(row, 'user_id'), { language: optionalText(row, 'language') }]));
}

/** Reads a row of the audit table. */
export function toAuditEntry(row: Row): KeptAuditEntry {
  const details = optionalText(row, 'details');
  return {
    id: integer(row, 'id'),
    at: integer(row, 'at'),
    event: text(row, 'event'),
    userId: optionalText(row, 'user_id'),
    userName: optionalText(row, 'user_name'),
    clientAddress: optionalText(row, 'client_address'),
    outcome: optionalText(row, 'outcome'),
    details: details === undefined ? undefined : JSON.parse(details),
  };
}

/** Reads a row of the contacts table. */
export function toContact(row: Row): KeptContact {
  return {
    id: text(row, 'id'),
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    channel: text(row, 'channel'),
    address: text(row, 'address'),
    state: toContactState(text(row, 'state')),
    verifiedAt: optionalInteger(row, 'verified_at'),
    position: optionalInteger(row, 'position'),
  };
}

/** Reads a whole row of the contacts table, of an earlier schema too. */
export function toContactMark(row: Row): ContactMark {
  return {
    userId: text(row, 'user_id'),
    channel: text(row, 'channel'),
    state: toContactState(text(row, 'state')),
  };
}

/** Columns {@link toContact} reads. */
export const CONTACT_COLUMNS = 'id, user_id, user_name, channel, address, state, verified_at, position';

/** The columns of a former contact, under the names of {@link CONTACT_COLUMNS}. */
export const FORMER_CONTACT_COLUMNS = `former_id AS id, user_id, user_name, channel, former_address AS address,
  former_state AS state, former_verified_at AS verified_at, position`;

/** The order in which messages try an account's contacts. */
export const CONTACT_ORDER = 'position IS NULL, position, channel';

/** A state of a later Gatehouse proves nothing. */
export function toContactState(value: string): ContactState {
  return CONTACT_STATES.find((known) => known === value) ?? 'unverified';
}

/** The id of a contact that may be new. */
export function createContactId(): string {
  return randomBytes(16).toString('hex');
}

/** How long a replaced address is kept, in milliseconds. */
export const FORMER_MS = 30 * 24 * 60 * 60_000;

/** What an address is looked up by: letter case aside, as JavaScript's toLowerCase does it, in every database. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}

/**
 * How much later than its window allows the end of a count may stand: clocks of several machines differ. One that
 * stands later still was written before the clock was set back, and would lock people out until the clock catches up.
 */
export const CLOCK_SKEW_MS = 60_000;

/** The longest window of a key whose window a look is not told. */
const LONGEST_WINDOW_MS = 24 * 60 * 60_000;

/** Whether a count that ends then is one to go by. */
export function isRunning(endsAt: number, now: number, windowMs = LONGEST_WINDOW_MS): boolean {
  return endsAt > now && endsAt <= now + windowMs + CLOCK_SKEW_MS;
}

/** What a key without takes looks like. */
export function unusedLimit(now: number): LimitState {
  return { isWithin: true, used: 0, endsAt: now };
}

/** How a take ended, from the row it left. */
export function toTaken(row: Row, points: number): LimitState {
  const used = integer(row, 'used');
  return { isWithin: used <= points, used, endsAt: integer(row, 'ends_at') };
}

/** What the next take would find. */
export function toLimitState(row: Row | undefined, now: number, windowMs?: number): LimitState {
  if (row === undefined || !isRunning(integer(row, 'ends_at'), now, windowMs)) return unusedLimit(now);
  const used = integer(row, 'used');
  return { isWithin: used < integer(row, 'points'), used, endsAt: integer(row, 'ends_at') };
}

/** Columns {@link toLinkState} reads. */
export const LINK_STATE_COLUMNS = 'user_id, user_name, expires_at, claimed_until, used_at';

/** The state of a row of the reset_links table; undefined: there is none. */
export function toLinkState(row: Row | undefined, now: number): LinkState {
  if (row === undefined) return { state: 'unknown' };
  if (row['used_at'] !== null) return { state: 'used' };
  if (integer(row, 'expires_at') <= now) return { state: 'expired' };
  if (integer(row, 'claimed_until') > now) return { state: 'busy' };
  return { state: 'open', userId: text(row, 'user_id'), userName: text(row, 'user_name') };
}
