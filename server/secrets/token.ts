import { createHash, randomBytes } from 'node:crypto';

/** Bytes of randomness in a token: 256 bits, twice what ASVS asks for. Source: ASVS 5.0 11.5.1; OWASP O5. */
const TOKEN_BYTES = 32;

/** Makes the secret of a reset link: 43 characters of base64url. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * SHA-256 of a token in 64 lower-case hex digits, the only form in which it is kept. No salt and no slow hash: a
 * token has 256 random bits, so there is nothing to guess. Source: OWASP O7.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
