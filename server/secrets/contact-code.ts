import { createHmac, randomBytes } from 'node:crypto';
import { createSigns, readSigns } from './pin.ts';

/** Signs of a code that is typed: 40 bits, for ten minutes and five tries. Source: ASVS 5.0 6.5.1, 6.6.3. */
const TYPED_SIGNS = 8;

/** Signs of a code that is sent to a bot, where anybody may try: 130 bits. Source: ASVS 5.0 11.5.1. */
const BOT_SIGNS = 26;

/** Name of the setting that keeps the key of {@link createContactCodeHash}; see `Settings.getOrCreate`. */
export const ACCOUNT_KEY_SETTING = 'account-key';

/** Makes that key: 256 random bits in base64url. */
export function createAccountKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a code that is sent to an address and typed into our page: 8 signs. */
export function createTypedCode(): string {
  return createSigns(TYPED_SIGNS);
}

/** A code as people read it: `XXXX-XXXX`. */
export function showTypedCode(code: string): string {
  return code.replace(/.{4}(?=.)/g, '$&-');
}

/** Reads what somebody typed as such a code; see `readSigns`. */
export function readTypedCode(typed: string): string | undefined {
  return readSigns(typed, TYPED_SIGNS);
}

/** Makes a code that the person sends to a bot: 26 signs, as Telegram takes them in a link. */
export function createBotCode(): string {
  return createSigns(BOT_SIGNS);
}

/** Reads what was written to a bot: the code alone, or behind the word `/start` that Telegram puts before it. */
export function readBotCode(text: string): string | undefined {
  return readSigns(text.slice(0, 200).replace(/^\s*\/start(?:@\w{1,64})?\s/i, ''), BOT_SIGNS);
}

/** Hashes codes under which proofs are kept: HMAC-SHA-256 in 64 lower-case hex digits. */
export interface ContactCodeHash {
  /** Of a code that is typed: good for that account and channel only. */
  typed(code: string, about: { readonly userId: string; readonly channel: string }): string;
  /** Of a code for a bot, which says by itself whose it is. */
  bot(code: string): string;
}

/** Makes the hash; without the key of this installation a stolen database tells no code. Source: ASVS 5.0 6.5.2. */
export function createContactCodeHash(key: string): ContactCodeHash {
  const hash = (...parts: readonly string[]): string =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('hex');
  return {
    typed: (code, { userId, channel }) => hash('typed', userId, channel, code),
    bot: (code) => hash('bot', code),
  };
}
