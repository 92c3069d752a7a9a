import { createHash } from 'node:crypto';
import type { Proof, WorkChallenge } from '../../../server/http/contract.ts';

/** Solves a puzzle of ours, in another way than the page does. @throws {Error} when there is no answer below `most`. */
export function solveChallenge(challenge: WorkChallenge, most = 1_000_000): Proof {
  const start = Buffer.from(challenge.salt + challenge.nonce, 'hex');
  const counted = Buffer.alloc(4);
  for (let counter = 0; counter < most; counter += 1) {
    counted.writeUInt32BE(counter);
    const derivedKey = createHash('sha256').update(start).update(counted).digest('hex');
    if (derivedKey.startsWith(challenge.keyPrefix)) return { challenge, counter, derivedKey };
  }
  throw new Error(`no answer below ${most}`);
}
