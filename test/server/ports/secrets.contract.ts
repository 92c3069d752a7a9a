import { describe, expect, test } from 'vitest';
import type { ResetLinks } from '../../../server/ports/reset-links.ts';
import { hashOf, LEASE_MS, link, NOW, open } from './reset-links.contract.ts';

/** What every adapter of ResetLinks keeps about PINs and about many secrets of one account. */
export function testSecrets(make: () => Promise<ResetLinks>): void {
  describe('at most so many live secrets', () => {
    const limit = { now: NOW, maxLive: 3 };

    test('an account over its limit gets no further one, and no earlier one dies', async () => {
      const links = await make();
      const secret = (digit: string, outboxId: number) => ({ ...link, tokenHash: hashOf(digit), outboxId });
      const added = [];
      for (let i = 1; i <= 5; i++) added.push(await links.add(secret(String(i), i), limit));
      expect(added).toEqual([true, true, true, false, false]);
      for (const digit of ['1', '2', '3']) expect(await links.look(hashOf(digit), NOW)).toEqual(open);
      expect(await links.look(hashOf('4'), NOW)).toEqual({ state: 'unknown' });
      expect(await links.countLive(link.userId, NOW)).toBe(3);
      expect(await links.add({ ...secret('6', 6), userId: '2'.repeat(32) }, limit)).toBe(true);
    });

    test('of 20 at once no more than the limit is kept', async () => {
      const links = await make();
      const added = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          links.add({ ...link, tokenHash: String(i).repeat(32), outboxId: i }, limit),
        ),
      );
      expect(added.filter(Boolean)).toHaveLength(3);
      expect(await links.countLive(link.userId, NOW)).toBe(3);
    });

    test("a message's next tries keep the last secret before them, and do not count twice", async () => {
      const links = await make();
      const one = { ...limit, maxLive: 1 };
      for (const [index, digit] of ['a', 'b', 'c'].entries()) {
        const next = { ...link, tokenHash: hashOf(digit), expiresAt: link.expiresAt + index };
        expect(await links.add(next, one)).toBe(true);
      }
      expect(await links.look(hashOf('a'), NOW)).toEqual({ state: 'unknown' });
      expect(await links.look(hashOf('b'), NOW)).toEqual(open);
      expect(await links.look(hashOf('c'), NOW)).toEqual(open);
      expect(await links.countLive(link.userId, NOW)).toBe(1);
    });

    test('expired and used ones do not count', async () => {
      const links = await make();
      await links.add({ ...link, expiresAt: NOW });
      await links.add({ ...link, tokenHash: hashOf('b'), outboxId: 2 });
      await links.claim(hashOf('b'), NOW, LEASE_MS, 'one');
      await links.spend(hashOf('b'), 'one', NOW);
      expect(await links.countLive(link.userId, NOW)).toBe(0);
    });
  });

  describe('a secret that goes out again', () => {
    test('lasts anew, and is one more for nobody', async () => {
      const links = await make();
      const limit = { now: NOW, maxLive: 1 };
      expect(await links.add({ ...link, expiresAt: NOW + 1 }, limit)).toBe(true);
      expect(await links.add({ ...link, expiresAt: NOW + 9 }, limit)).toBe(true);
      expect(await links.countLive(link.userId, NOW + 5)).toBe(1);
      expect(await links.look(link.tokenHash, NOW + 8)).toMatchObject({ state: 'open' });
      expect(await links.look(link.tokenHash, NOW + 9)).toMatchObject({ state: 'expired' });
    });

    test('stays claimed by whoever is choosing a password with it', async () => {
      const links = await make();
      await links.add(link);
      await links.claim(link.tokenHash, NOW, 1_000, 'me');
      expect(await links.add(link, { now: NOW, maxLive: 1 })).toBe(true);
      expect(await links.look(link.tokenHash, NOW)).toMatchObject({ state: 'busy' });
      expect(await links.spend(link.tokenHash, 'me', NOW)).toBe(true);
    });

    test('does not when it was used', async () => {
      const links = await make();
      await links.add(link);
      await links.claim(link.tokenHash, NOW, 1_000, 'me');
      await links.spend(link.tokenHash, 'me', NOW);
      expect(await links.add(link, { now: NOW, maxLive: 3 })).toBe(false);
      expect(await links.look(link.tokenHash, NOW)).toMatchObject({ state: 'used' });
    });
  });

  describe('a PIN', () => {
    const pin = { ...link, purpose: 'pin', tokenHash: hashOf('e') } as const;
    const fresh = (digit: string) => ({ tokenHash: hashOf(digit), expiresAt: NOW + 600 });

    test('is no link: it can neither be looked at nor claimed', async () => {
      const links = await make();
      await links.add(pin);
      expect(await links.look(pin.tokenHash, NOW)).toEqual({ state: 'unknown' });
      expect(await links.claim(pin.tokenHash, NOW, LEASE_MS, 'one')).toEqual({ state: 'unknown' });
      expect(await links.countLive(pin.userId, NOW)).toBe(1);
    });

    test('is exchanged for a link of its account, which does not count as another secret', async () => {
      const links = await make();
      await links.add(pin);
      expect(await links.exchange(pin.tokenHash, fresh('b'), NOW)).toEqual(open);
      expect(await links.claim(hashOf('b'), NOW, LEASE_MS, 'one')).toEqual(open);
      expect(await links.countLive(pin.userId, NOW)).toBe(1);
    });

    test('exchanged again replaces the link of before', async () => {
      const links = await make();
      await links.add(pin);
      await links.exchange(pin.tokenHash, fresh('b'), NOW);
      expect(await links.exchange(pin.tokenHash, fresh('c'), NOW)).toEqual(open);
      expect(await links.look(hashOf('b'), NOW)).toEqual({ state: 'unknown' });
      expect(await links.look(hashOf('c'), NOW)).toEqual(open);
    });

    test('of 10 exchanges at once one link is left', async () => {
      const links = await make();
      await links.add(pin);
      const digits = Array.from({ length: 10 }, (_, i) => String(i));
      await Promise.all(digits.map((digit) => links.exchange(pin.tokenHash, fresh(digit), NOW)));
      const states = await Promise.all(digits.map((digit) => links.look(hashOf(digit), NOW)));
      expect(states.filter(({ state }) => state === 'open')).toHaveLength(1);
    });

    test('is busy while a password is being set with its link', async () => {
      const links = await make();
      await links.add(pin);
      await links.exchange(pin.tokenHash, fresh('b'), NOW);
      await links.claim(hashOf('b'), NOW, LEASE_MS, 'one');
      expect(await links.exchange(pin.tokenHash, fresh('c'), NOW)).toEqual({ state: 'busy' });
      expect(await links.look(hashOf('b'), NOW)).toEqual({ state: 'busy' });
    });

    test('is spent with its link', async () => {
      const links = await make();
      await links.add(pin);
      await links.exchange(pin.tokenHash, fresh('b'), NOW);
      await links.claim(hashOf('b'), NOW, LEASE_MS, 'one');
      await links.spend(hashOf('b'), 'one', NOW);
      expect(await links.exchange(pin.tokenHash, fresh('c'), NOW)).toEqual({ state: 'used' });
    });

    test('that is wrong, expired or a link is exchanged for nothing', async () => {
      const links = await make();
      await links.add({ ...pin, expiresAt: NOW });
      await links.add({ ...link, outboxId: 2 });
      expect(await links.exchange(pin.tokenHash, fresh('b'), NOW)).toEqual({ state: 'expired' });
      expect(await links.exchange(link.tokenHash, fresh('b'), NOW)).toEqual({ state: 'unknown' });
      expect(await links.exchange(hashOf('0'), fresh('b'), NOW)).toEqual({ state: 'unknown' });
      expect(await links.look(hashOf('b'), NOW)).toEqual({ state: 'unknown' });
    });
  });
}
