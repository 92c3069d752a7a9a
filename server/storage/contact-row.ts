import type { Contact } from '../ports.ts';
import { type Row, text } from './row.ts';

/** Reads a row of the contacts table. */
export function toContact(row: Row): Contact {
  return {
    userId: text(row, 'user_id'),
    userName: text(row, 'user_name'),
    channel: 'email',
    address: text(row, 'address'),
  };
}

/** How long a replaced address is kept, in milliseconds. */
export const FORMER_MS = 30 * 24 * 60 * 60_000;

/** What an address is looked up by: letter case aside, as JavaScript's toLowerCase does it, in every database. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}
