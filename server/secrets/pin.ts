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

/**
 * Draws so many signs of Crockford's base32, 5 bits each; every sign is equally likely.
 *
 * @param bytes What they are made of, one a sign at least; random unless said.
 */
export function createSigns(count: number, bytes: Uint8Array = randomBytes(count)): string {
  return Array.from(bytes.subarray(0, count), (byte) => SIGNS.charAt(byte & 31)).join('');
}

/**
 * Makes a PIN of ours: 16 signs of Crockford's base32, without dashes.
 *
 * @param bytes What it is made of, at least 16; random unless said.
 */
export function createPin(bytes: Uint8Array = randomBytes(PIN_SIGNS)): string {
  return createSigns(PIN_SIGNS, bytes);
}

/** A PIN as people read it: `XXXX-XXXX-XXXX-XXXX`. */
export function showPin(pin: string): string {
  return pin.replace(/.{4}(?=.)/g, '$&-');
}

/** Reads what somebody typed or pasted as a PIN of ours; 16 signs without dashes, see {@link readSigns}. */
export function readPin(typed: string): string | undefined {
  return readSigns(typed, PIN_SIGNS);
}

/**
 * Reads what somebody typed or pasted as so many signs of Crockford's base32: letter case, blanks, every kind of dash and a
 * full stop do not count, O is 0, I and L are 1, full-width signs are their plain ones.
 *
 * @returns the signs without dashes, or undefined when it cannot be that. Never throws.
 */
export function readSigns(typed: string, count: number): string | undefined {
  const signs = typed
    .normalize('NFKC')
    .replace(/[\s\p{Dash}.]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return signs.length === count && [...signs].every((sign) => SIGNS.includes(sign)) ? signs : undefined;
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
