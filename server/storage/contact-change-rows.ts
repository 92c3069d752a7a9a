import {
  CONTACT_CHANGE_KINDS,
  type ContactChange,
  type ContactChangeKind,
  type ContactChangeState,
  MAX_WRONG_CODES,
  type NewContactChange,
} from '../ports/contact-changes.ts';
import { RETENTION_MS } from './retention.ts';
import {
  addressKey,
  integer,
  optionalInteger,
  optionalText,
  type Row,
  text,
  toContactState,
} from './rows.ts';

/** Columns of the contact_changes table that come from a new change, in the order of {@link contactChangeValues}. */
export const NEW_CONTACT_CHANGE_COLUMNS = `secret_hash, kind, user_id, user_name, channel, address, address_key,
  before_address, before_state, invitation_hash, created_at, expires_at`;

/** A change's values, NULL where it says nothing. */
export function contactChangeValues(
  change: NewContactChange,
  now: number,
): readonly (string | number | null)[] {
  const { secretHash, kind, userId, userName, channel, address, before, invitationHash, expiresAt } = change;
  return [
    ...[secretHash, kind, userId, userName, channel ?? null, address ?? null],
    ...[address === undefined ? null : addressKey(address), before?.address ?? null, before?.state ?? null],
    ...[invitationHash ?? null, now, expiresAt],
  ];
}

/** Whether a new change of that kind takes the place of the unspent ones the account has on its channel. */
export function isReplacing(kind: ContactChangeKind): boolean {
  return kind === 'proof' || kind === 'confirm' || kind === 'invitation';
}

/** Reads a row of the contact_changes table. @throws {Error} for a kind this Gatehouse does not know. */
export function toContactChange(row: Row): ContactChange {
  const name = text(row, 'kind');
  const kind = CONTACT_CHANGE_KINDS.find((known) => known === name);
  if (kind === undefined)
    throw new Error(`The storage holds a change of contacts of the unknown kind ${name}.`);
  const before = optionalText(row, 'before_address');
  return {
    kind,
    secretHash: text(row, 'secret_hash'),
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    channel: optionalText(row, 'channel'),
    address: optionalText(row, 'address'),
    before:
      before === undefined
        ? undefined
        : { address: before, state: toContactState(text(row, 'before_state')) },
    invitationHash: optionalText(row, 'invitation_hash'),
    createdAt: integer(row, 'created_at'),
    expiresAt: integer(row, 'expires_at'),
    usedAt: optionalInteger(row, 'used_at'),
    wrongCodes: integer(row, 'wrong_codes'),
  };
}

/** When a row of the contact_changes table goes, in ms since 1970. @param row With its `expires_at`; undefined: there is none. */
export function endOfRow(row: Row | undefined): number | undefined {
  return row === undefined ? undefined : integer(row, 'expires_at') + RETENTION_MS;
}

/** The state of a row of the contact_changes table; undefined: there is none. */
export function toContactChangeState(row: Row | undefined, now: number): ContactChangeState {
  if (row === undefined) return { state: 'unknown' };
  const change = toContactChange(row);
  if (change.usedAt !== undefined) return { state: 'used', change };
  if (change.expiresAt <= now) return { state: 'expired', change };
  if (change.wrongCodes >= MAX_WRONG_CODES) return { state: 'dead', change };
  return { state: 'open', change };
}
