import { createHash, randomBytes, randomInt } from 'node:crypto';
import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import type { Proof, WorkChallenge } from '../http/contract.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Settings } from '../ports/settings.ts';

/** Puzzles that cost a computer time to solve, and none to check. */
export interface Proofs {
  /** A new puzzle, good for ten minutes. */
  challenge(): Promise<WorkChallenge>;
  /** Spends a solved puzzle; false when it is wrong, late, not ours, or was spent before. */
  spend(proof: Proof): Promise<boolean>;
}

/** How long a puzzle may be solved and sent, in milliseconds. */
export const CHALLENGE_MS = 10 * 60_000;

/** Name of the key that signs puzzles, in the settings of this installation. */
const KEY_NAME = 'proof-of-work-key';

/**
 * Makes the puzzles: find the number below `hashes` whose SHA-256 begins as said. We have drawn it from the upper half,
 * so that all take about as long; nothing is kept until one is spent. SHA-256 is what a page can compute where browsers
 * give it no cryptography, which is any page without https.
 *
 * @param parts.hashes Most hashes a puzzle takes.
 * Source: npm altcha-lib 2.8.0, README and `v2/pow.js`.
 */
export async function createProofs(parts: {
  readonly settings: Settings;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly hashes: number;
}): Promise<Proofs> {
  const { settings, limits, clock, hashes } = parts;
  const key = await settings.getOrCreate(KEY_NAME, () => randomBytes(32).toString('hex'));
  const secrets = { hmacSignatureSecret: key, hmacKeySignatureSecret: `${key}-answer` };
  const half = Math.floor(hashes / 2);

  return {
    async challenge() {
      const { parameters, signature = '' } = await createChallenge({
        algorithm: 'SHA-256',
        cost: 1,
        counter: randomInt(half, hashes),
        deriveKey,
        expiresAt: new Date(Date.now() + CHALLENGE_MS),
        ...secrets,
      });
      const { nonce, salt, keyPrefix, keySignature = '', expiresAt = 0 } = parameters;
      return { nonce, salt, keyPrefix, keySignature, expiresAt, signature };
    },
    async spend({ challenge, counter, derivedKey }) {
      const { signature, ...own } = challenge;
      const parameters = { algorithm: 'SHA-256', cost: 1, keyLength: 32, ...own };
      const { verified } = await verifySolution({
        challenge: { parameters, signature },
        solution: { counter, derivedKey },
        deriveKey,
        ...secrets,
      });
      if (!verified) return false;
      const id = createHash('sha256').update(signature).digest('hex').slice(0, 32);
      const once = { points: 1, windowMs: 2 * CHALLENGE_MS };
      return (await limits.take(`proof:${id}`, once, clock.now())).isWithin;
    },
  };
}
