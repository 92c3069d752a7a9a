import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createBlock, hashBlock } from '../../../ui/proof/sha256.ts';
import { solve } from '../../../ui/proof/solve.ts';
import { solveChallenge } from '../../support/browser/solve-challenge.ts';

function hashOf(message: Buffer): string {
  const words = Array.from({ length: message.length / 4 }, (_unused, index) =>
    message.readInt32BE(4 * index),
  );
  const hash = new Int32Array(8);
  hashBlock(createBlock(words), new Int32Array(64), hash);
  return Array.from(hash, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function puzzle(counter: number) {
  const [salt, nonce] = [randomBytes(16), randomBytes(16)];
  const counted = Buffer.alloc(4);
  counted.writeUInt32BE(counter);
  const key = createHash('sha256').update(salt).update(nonce).update(counted).digest('hex');
  const rest = { keySignature: 'a'.repeat(64), expiresAt: 1, signature: 'b'.repeat(64) };
  return { salt: salt.toString('hex'), nonce: nonce.toString('hex'), keyPrefix: key.slice(0, 32), ...rest };
}

describe('our SHA-256', () => {
  it('is that of Node for 500 messages of up to 13 words', () => {
    for (let at = 0; at < 500; at += 1) {
      const message = randomBytes(4 * (at % 14));
      expect(hashOf(message)).toBe(createHash('sha256').update(message).digest('hex'));
    }
  });
});

describe('solving a puzzle', () => {
  it.each([0, 1, 499, 20_000])('finds the counter %i, as a solver of another make does', async (counter) => {
    const challenge = puzzle(counter);
    const proof = await solve(challenge);
    expect(proof).toMatchObject({ challenge, counter });
    expect(proof).toEqual(solveChallenge(challenge));
  });

  it('lets the page go on meanwhile', async () => {
    let turns = 0;
    const solved = solve(puzzle(60_000)).then(() => 'solved');
    const ticking = (async () => {
      for (;;) {
        const first = await Promise.race([solved, new Promise((resolve) => setTimeout(resolve, 0))]);
        if (first === 'solved') return;
        turns += 1;
      }
    })();
    await Promise.all([solved, ticking]);
    expect(turns).toBeGreaterThan(0);
  });
});
