import type { AuditEntry, KeptAuditEntry } from '../ports.ts';
import { integer, optionalText, type Row, text } from './row.ts';

/** Columns of the audit table that come from an entry, in the order of {@link auditValues}. */
export const AUDIT_COLUMNS = 'at, event, user_id, user_name, client_address, outcome, details';

/** An entry's values, NULL where it says nothing. */
export function auditValues(entry: AuditEntry): readonly (string | number | null)[] {
  const { at, event, userId, userName, clientAddress, outcome, details } = entry;
  const json = details === undefined ? null : JSON.stringify(details);
  return [at, event, userId ?? null, userName ?? null, clientAddress ?? null, outcome ?? null, json];
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
