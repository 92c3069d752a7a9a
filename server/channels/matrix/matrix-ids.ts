import { createHash } from 'node:crypto';
import type { Message } from '../../ports/channel.ts';

/** Longest id of a user. Source: spec.matrix.org/latest/appendices, "User Identifiers". */
const MOST_ID = 255;

/** Old servers have ids with other signs of ASCII before the colon; blanks are in none. Source: the same section. */
const USER_ID =
  /^@[\x21-\x39\x3b-\x7e]{1,250}:(?:[A-Za-z0-9.-]{1,230}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/;

/** Whether a text is the full id of a user: `@anna:example.org`. */
export function isMatrixId(text: string): boolean {
  return text.length <= MOST_ID && USER_ID.test(text);
}

/** Reads the full id of a user as it was typed. */
export function readMatrixId(typed: string): { readonly address: string } | { readonly fault: string } {
  const text = typed.trim();
  return isMatrixId(text)
    ? { address: text }
    : { fault: 'must be the full id of a Matrix user, such as @anna:example.org' };
}

/**
 * Id of the transaction that sends a message: its key, and a hash of the text, since the same message with a new link is
 * another one. The homeserver takes each once. Source: spec.matrix.org/latest/client-server-api, "Transaction identifiers".
 */
export function transactionOf({ key }: Pick<Message, 'key'>, text: string): string {
  return `${key}.${createHash('sha256').update(text).digest('base64url').slice(0, 12)}`;
}
