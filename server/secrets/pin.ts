import { createHmac, randomBytes } from 'node:crypto';

/** Crockford's base32: no I, L, O (read as 1, 1, 0) and no U. Source: crockford.com/base32.html. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Signs of a PIN: 80 bits, far beyond what anybody guesses over a network, and short enough to type on a television.
 * Source: ASVS 5.0 6.6.3 (64 bits for codes without further limits).
 */
const PIN_SIGNS = 16;

/** Name of the setting that keeps the key of this installation's PIN hashes; see `Settings.getOrCreate`. */
export const PIN_KEY_SETTING = 'pin-key';

/** Makes the key under which PINs are hashed: 256 random bits in base64url. */
export function createPinKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a PIN of ours: 16 signs of Crockford's base32, without dashes; every sign is equally likely. */
export function createPin(): string {
  return Array.from(randomBytes(PIN_SIGNS), (byte) => SIGNS.charAt(byte & 31)).join('');
}

/** A PIN as people read it: `XXXX-XXXX-XXXX-XXXX`. */
export function showPin(pin: string): string {
  return pin.replace(/.{4}(?=.)/g, '$&-');
}

/**
 * Reads what somebody typed or pasted as a PIN of ours: letter case, blanks, every kind of dash and a full stop do not
 * count, O is 0, I and L are 1, full-width signs are their plain ones.
 *
 * @returns 16 signs without dashes, or undefined when it cannot be a PIN of ours. Never throws.
 */
export function readPin(typed: string): string | undefined {
  const signs = typed
    .normalize('NFKC')
    .replace(/[\s\p{Dash}.]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return signs.length === PIN_SIGNS && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : undefined;
}

/**
 * Makes the hash under which PINs are kept: HMAC-SHA-256 in 64 lower-case hex digits. A PIN has 80 bits, so a bare
 * hash of it could be looked for in a stolen database; without the key of this installation it cannot.
 * Source: ASVS 5.0 6.5.2.
 *
 * @param key From `createPinKey`, kept as the setting {@link PIN_KEY_SETTING}.
 */
export function createPinHash(key: string): (pin: string) => string {
  return (pin) => createHmac('sha256', key).update(pin).digest('hex');
}
