import { createHmac } from 'node:crypto';

/** Hash under which a code is kept that a reset needs besides its link; good for that account only. */
export type ResetCodeHash = (code: string, userId: string) => string;

/**
 * Makes the hash: HMAC-SHA-256 in 64 lower-case hex digits. A code has 40 bits, so it could be looked for in a stolen
 * database; half of the key is a secret of the config. Source: ASVS 5.0 6.5.2.
 *
 * @param key 32 bytes; see `createMessageKey`.
 */
export function createResetCodeHash(key: Buffer): ResetCodeHash {
  return (code, userId) =>
    createHmac('sha256', key)
      .update(JSON.stringify(['reset-code', userId, code]))
      .digest('hex');
}
