import { pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const SALT_BYTES = 16;
const HASH_BYTES = 64;

/**
 * Hashes a password in the form that Jellyfin itself writes: PBKDF2 with SHA-512, salt and hash in upper-case hex. Every
 * version verifies any number of iterations. Source: jellyfin PasswordHash.cs and Cryptography.cs, 10.8.13 to 12.0.
 *
 * @param iterations 120,000 up to 10.9, 210,000 from 10.10 on.
 * @param salt Default 16 random bytes.
 */
export async function hashPassword(
  password: string,
  iterations: number,
  salt: Buffer = randomBytes(SALT_BYTES),
): Promise<string> {
  const hash = await promisify(pbkdf2)(password, salt, iterations, HASH_BYTES, 'sha512');
  return `$PBKDF2-SHA512$iterations=${iterations}$${hex(salt)}$${hex(hash)}`;
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}
