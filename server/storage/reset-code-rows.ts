import {
  type KeptResetCode,
  type LinkWay,
  MAX_RESET_CODES,
  MAX_WRONG_RESET_CODES,
  type TypedResetCode,
} from '../ports/reset-codes.ts';
import { isSameSecret } from '../secrets/same-secret.ts';
import { integer, LINK_STATE_COLUMNS, optionalInteger, optionalText, type Row, toLinkState } from './rows.ts';

/**
 * What is read of a link and of the secret its codes belong to, `root`: the link itself, or the PIN it was exchanged for.
 * `table` is the table's name.
 */
export function selectLinkWithCode(table: string): string {
  const ofLink = LINK_STATE_COLUMNS.split(', ').map((column) => `link.${column}`);
  return `SELECT ${ofLink.join(', ')}, link.outbox_id, root.token_hash AS root, root.channel, root.code_hash,
      root.code_expires_at, root.codes_sent, root.wrong_codes
    FROM ${table} AS link JOIN ${table} AS root ON root.token_hash = COALESCE(link.exchanged_from, link.token_hash)`;
}

/** Reads how a link came; links that no message carried have a number below 0 in the place of the message's. */
export function toLinkWay(row: Row | undefined): LinkWay | undefined {
  if (row === undefined) return undefined;
  if (integer(row, 'outbox_id') < 0) return { kind: 'by-hand' };
  return { kind: 'message', channel: optionalText(row, 'channel') };
}

/** Whether the link of a row may have another code. */
export function judgeNewCode(row: Row | undefined, now: number): KeptResetCode {
  const { state } = toLinkState(row, now);
  if (row === undefined) return { state: 'unknown' };
  if (state !== 'open') return { state };
  return { state: integer(row, 'codes_sent') >= MAX_RESET_CODES ? 'too-many' : 'kept' };
}

/** What a typed code is to the link of a row; a wrong one is still to be counted. */
export function judgeTypedCode(row: Row | undefined, hash: string, now: number): TypedResetCode {
  const { state } = toLinkState(row, now);
  if (row === undefined) return { state: 'unknown' };
  if (state !== 'open') return { state };
  const kept = optionalText(row, 'code_hash');
  if (kept === undefined || (optionalInteger(row, 'code_expires_at') ?? 0) <= now)
    return { state: 'no-code' };
  if (isSameSecret(kept, hash)) return { state: 'right' };
  return { state: integer(row, 'wrong_codes') + 1 >= MAX_WRONG_RESET_CODES ? 'locked' : 'wrong' };
}
