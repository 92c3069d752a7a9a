import type { Proof, WorkChallenge } from '../../server/http/contract.ts';
import { createBlock, hashBlock } from './sha256.ts';

/** Solves a puzzle; undefined when it has no answer. */
export type Solve = (challenge: WorkChallenge) => Promise<Proof | undefined>;

/** Beyond this there is no answer: the server allows no larger puzzles. */
const MOST = 100_000_000;

/** How long the page may stand still, in milliseconds: less than a frame. */
const SLICE_MS = 10;

/** How many hashes are made between two looks at the clock. */
const STRIDE = 500;

function wordsOf(hex: string): number[] {
  return (hex.match(/.{8}/g) ?? []).map((word) => Number.parseInt(word, 16) | 0);
}

function toHex(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** Lets the page do what waits. Unlike timers it is not slowed down in a tab that is not seen. */
function rest(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Tries counters from 0 on, in slices between which the page goes on. It needs no worker, which the strictest Trusted
 * Types policy would not let us start, and no cryptography of the browser, which a page without https does not have.
 */
export const solve: Solve = async (challenge) => {
  const block = createBlock([...wordsOf(challenge.salt), ...wordsOf(challenge.nonce), 0]);
  const wanted = wordsOf(challenge.keyPrefix);
  const schedule = new Int32Array(64);
  const hash = new Int32Array(8);
  let begunAt = performance.now();
  for (let counter = 0; counter < MOST; counter += 1) {
    block[8] = counter;
    hashBlock(block, schedule, hash);
    if (hash[0] === wanted[0] && wanted.every((word, index) => hash[index] === word))
      return { challenge, counter, derivedKey: toHex(hash) };
    if (counter % STRIDE === 0 && performance.now() - begunAt > SLICE_MS) {
      await rest();
      begunAt = performance.now();
    }
  }
  return undefined;
};
