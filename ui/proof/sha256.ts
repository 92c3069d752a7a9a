/** The first 64 primes. */
const PRIMES = Array.from({ length: 310 }, (_unused, index) => index + 2)
  .filter(
    (number) =>
      !Array.from({ length: 16 }, (_none, at) => at + 2).some((one) => one < number && number % one === 0),
  )
  .slice(0, 64);

/** The first 32 bits behind the point. */
const fraction = (number: number): number => ((number % 1) * 2 ** 32) | 0;

const START = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)));

/** Words of a message in one block, behind which its length stands; reused, for it is filled a million times. */
export type Block = Int32Array;

/** Makes the block of a message of up to 13 words: padded, with its length. */
export function createBlock(words: readonly number[]): Block {
  const block = new Int32Array(16);
  block.set(words);
  block[words.length] = 0x80_00_00_00 | 0;
  block[15] = words.length * 32;
  return block;
}

/**
 * SHA-256 of a message of one block, written here because a page without https has no cryptography of the browser.
 * Checked against Node's in the tests. Source: FIPS 180-4 section 6.2.
 *
 * @param schedule 64 words of room.
 * @param hash Eight words; becomes the answer.
 */
export function hashBlock(block: Block, schedule: Int32Array, hash: Int32Array): void {
  const w = schedule as { [index: number]: number };
  const k = ROUNDS as { [index: number]: number };
  schedule.set(block);
  for (let t = 16; t < 64; t += 1) {
    const early = w[t - 15] as number;
    const late = w[t - 2] as number;
    const s0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const s1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    w[t] = ((w[t - 16] as number) + s0 + (w[t - 7] as number) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = START;
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + (k[t] as number) + (w[t] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  const state = [a, b, c, d, e, f, g, h];
  for (let at = 0; at < 8; at += 1) hash[at] = (START[at] as number) + (state[at] as number);
}
