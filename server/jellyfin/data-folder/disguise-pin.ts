import { randomInt } from 'node:crypto';

/** Most dashes in one place; with nine places that is 54 bits more. */
const MOST_DASHES = 63;

/**
 * Writes a PIN of Jellyfin's with a random number of dashes around each digit. Jellyfin leaves dashes out when it compares,
 * and makes the text as typed the password: so what is in force for a moment, or for longer when we die just then, has
 * 86 bits instead of 32, and whoever reads the PIN file cannot sign in with it.
 *
 * @returns 8 digits and up to 567 dashes.
 * Source: DefaultPasswordResetProvider.RedeemPasswordResetPin, 10.8.13 to 12.0; seen live with dashes anywhere.
 */
export function disguisePin(pin: string, random: (below: number) => number = randomInt): string {
  const dashes = (): string => '-'.repeat(random(MOST_DASHES + 1));
  const digits = Array.from(pin.replaceAll('-', ''), (digit) => digit + dashes());
  return dashes() + digits.join('');
}
