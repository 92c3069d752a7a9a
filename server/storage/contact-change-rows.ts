import {
  type AccountAddress,
  type AddressBlock,
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

/** Finds the blocks of addresses among rows with `kind`, `user_id`, `channel`, `address_key` and `expires_at`; an undo counts before. */
export function findBlocks(
  rows: readonly Row[],
  addresses: readonly AccountAddress[],
): readonly (AddressBlock | undefined)[] {
  const keyOf = (...parts: readonly (string | undefined)[]): string => JSON.stringify(parts);
  const columns = ['kind', 'user_id', 'channel', 'address_key'];
  const ends = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(...columns.map((name) => optionalText(row, name)));
    ends.set(key, Math.max(ends.get(key) ?? 0, endOfRow(row)));
  }
  return addresses.map(({ userId, channel, address }) => {
    const until = (kind: ContactChangeKind) => ends.get(keyOf(kind, userId, channel, addressKey(address)));
    const [undone, disowned] = [until('undo'), until('disowned')];
    if (undone !== undefined) return { why: 'undone', until: undone };
    return disowned === undefined ? undefined : { why: 'disowned', until: disowned };
  });
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

/** When a row of the contact_changes table goes, in ms since 1970. @param row With its `expires_at`. */
export function endOfRow(row: Row): number {
  return integer(row, 'expires_at') + RETENTION_MS;
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
