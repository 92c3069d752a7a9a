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

/** What an address is looked up by: letter case aside, as JavaScript's toLowerCase does it, in every database. */
export function addressKey(address: string): string {
  return address.toLowerCase();
}
