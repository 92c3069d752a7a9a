import type { ChatText } from '../ports/channel.ts';
import { chatParts } from './chat-text.ts';

/** Longest text of a message, in UTF-16 units. Source: core.telegram.org/bots/api#sendmessage. */
export const MOST_TEXT = 4096;

/** A place in a text that is more than letters; `offset` and `length` in UTF-16 units. Source: core.telegram.org/bots/api#messageentity. */
export interface TelegramEntity {
  readonly type: 'bold' | 'code' | 'url';
  readonly offset: number;
  readonly length: number;
}

/**
 * Whether a text is the number of a person. Groups have numbers below 0. Source: core.telegram.org/bots/api#user (at most
 * 52 significant bits).
 */
export function isTelegramId(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text));
}

/** Reads a number as it was typed. Source: core.telegram.org/bots/api#user. */
export function readTelegramId(typed: string): { readonly address: string } | { readonly fault: string } {
  const text = typed.trim();
  return isTelegramId(text)
    ? { address: text }
    : { fault: 'must be the number of a Telegram user, such as 123456789, not a name' };
}

/**
 * Writes a message as text with entities beside it: nothing in the text is markup, whatever signs it holds. The code can be
 * copied by touching it.
 */
export function telegramText(
  chat: ChatText,
  publicUrl: string,
): { readonly text: string; readonly entities: readonly TelegramEntity[] } {
  const entities: TelegramEntity[] = [];
  let text = '';
  const add = (piece: string, type?: TelegramEntity['type']): void => {
    if (type !== undefined && piece !== '')
      entities.push({ type, offset: text.length, length: piece.length });
    text += piece;
  };
  for (const part of chatParts(chat, publicUrl)) {
    if (text !== '') add('\n\n');
    if (part.kind === 'text') add(part.text);
    else if (part.kind === 'code') add(part.code, 'code');
    else {
      add(part.label, 'bold');
      if (part.label !== '') add('\n');
      add(part.url, 'url');
    }
  }
  return { text, entities };
}
