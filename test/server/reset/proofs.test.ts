import { afterEach, describe, expect, it, vi } from 'vitest';
import { Proof, WorkChallenge } from '../../../server/http/contract.ts';
import { CHALLENGE_MS, createProofs, type Proofs } from '../../../server/reset/proofs.ts';
import { solveChallenge } from '../../support/browser/solve-challenge.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const HASHES = 2_000;
const clock = createSettableClock();

async function start(): Promise<{ proofs: Proofs; again: () => Promise<Proofs> }> {
  const { limits, settings } = await tempStorage();
  const again = (): Promise<Proofs> => createProofs({ limits, settings, clock, hashes: HASHES });
  return { proofs: await again(), again };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a puzzle', () => {
  it('is solved by the number we have drawn, which is in the upper half', async () => {
    const { proofs } = await start();
    for (let at = 0; at < 20; at += 1) {
      const challenge = await proofs.challenge();
      expect(WorkChallenge.safeParse(challenge).success).toBe(true);
      const proof = solveChallenge(challenge);
      expect(Proof.safeParse(proof).success).toBe(true);
      expect(proof.counter).toBeGreaterThanOrEqual(HASHES / 2);
      expect(proof.counter).toBeLessThan(HASHES);
      expect(await proofs.spend(proof)).toBe(true);
    }
  });

  it('is good once, also when it comes 20 times at once, and after a restart', async () => {
    const { proofs, again } = await start();
    const proof = solveChallenge(await proofs.challenge());
    const spent = await Promise.all(Array.from({ length: 20 }, () => proofs.spend(proof)));
    expect(spent.filter((isGood) => isGood)).toHaveLength(1);
    expect(await (await again()).spend(proof)).toBe(false);
  });

  it('may be spent after a restart when it was not before', async () => {
    const { proofs, again } = await start();
    const proof = solveChallenge(await proofs.challenge());
    expect(await (await again()).spend(proof)).toBe(true);
  });

  it('is over after ten minutes', async () => {
    const { proofs } = await start();
    const proof = solveChallenge(await proofs.challenge());
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + CHALLENGE_MS + 1_000 });
    expect(await proofs.spend(proof)).toBe(false);
  });

  it('of another installation is worth nothing', async () => {
    const proof = solveChallenge(await (await start()).proofs.challenge());
    expect(await (await start()).proofs.spend(proof)).toBe(false);
  });

  it('cannot be made easier, longer or anew', async () => {
    const { proofs } = await start();
    const good = solveChallenge(await proofs.challenge());
    const other = solveChallenge(await proofs.challenge());
    const { challenge } = good;
    const zeros = '0'.repeat(32);
    const forged: Proof[] = [
      { ...good, derivedKey: other.derivedKey },
      { ...good, derivedKey: `${zeros}${zeros}` },
      { ...good, challenge: { ...challenge, keyPrefix: zeros } },
      { ...good, challenge: { ...challenge, expiresAt: challenge.expiresAt + 60 } },
      { ...good, challenge: { ...challenge, nonce: other.challenge.nonce } },
      { ...good, challenge: { ...challenge, keySignature: other.challenge.keySignature } },
      { ...good, challenge: { ...challenge, signature: other.challenge.signature } },
    ];
    for (const proof of forged) expect(await proofs.spend(proof)).toBe(false);
    expect(await proofs.spend(good)).toBe(true);
  });
});
