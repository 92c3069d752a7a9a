import { expect, test } from 'vitest';
import type { ResetLinks } from '../../../server/ports/reset-links.ts';
import { hashOf, LEASE_MS, link, NOW, open } from '../../support/link-of-anna.ts';

/** What every adapter of ResetLinks keeps. `make` gives an empty one for the running test. */
export function testResetLinks(make: () => Promise<ResetLinks>): void {
  test('a link nobody made is unknown', async () => {
    const links = await make();
    expect(await links.look(hashOf('0'), NOW)).toEqual({ state: 'unknown' });
    expect(await links.claim(hashOf('0'), NOW, LEASE_MS, 'one')).toEqual({ state: 'unknown' });
  });

  test('looking changes nothing', async () => {
    const links = await make();
    await links.add(link);
    for (let i = 0; i < 3; i++) expect(await links.look(link.tokenHash, NOW)).toEqual(open);
    expect(await links.claim(link.tokenHash, NOW, LEASE_MS, 'one')).toEqual(open);
  });

  test('a link is open until the millisecond it expires', async () => {
    const links = await make();
    await links.add(link);
    expect(await links.look(link.tokenHash, link.expiresAt - 1)).toEqual(open);
    expect(await links.look(link.tokenHash, link.expiresAt)).toEqual({ state: 'expired' });
    expect(await links.claim(link.tokenHash, link.expiresAt, LEASE_MS, 'one')).toEqual({ state: 'expired' });
    expect(await links.claim(link.tokenHash, link.expiresAt - 1, LEASE_MS, 'one')).toEqual(open);
  });

  test('of 50 claims at once one gets the link, the others find it busy', async () => {
    const links = await make();
    await links.add(link);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => links.claim(link.tokenHash, NOW, LEASE_MS, `claim ${i}`)),
    );
    expect(answers.filter((answer) => answer.state === 'open')).toHaveLength(1);
    expect(answers.filter((answer) => answer.state === 'busy')).toHaveLength(49);
  });

  test('a spent link is used for good', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    await links.spend(link.tokenHash, 'one', NOW + 10);
    expect(await links.look(link.tokenHash, NOW + 20)).toEqual({ state: 'used' });
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS + 20, LEASE_MS, 'one')).toEqual({
      state: 'used',
    });
    await links.release(link.tokenHash, 'one');
    expect(await links.look(link.tokenHash, NOW + 20)).toEqual({ state: 'used' });
  });

  test('spending kills the other links of the account, and no others', async () => {
    const links = await make();
    await links.add(link);
    await links.add({ ...link, tokenHash: hashOf('b'), outboxId: 2 });
    await links.add({ ...link, tokenHash: hashOf('c'), outboxId: 3, userId: '2'.repeat(32) });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    await links.spend(link.tokenHash, 'one', NOW);
    expect(await links.look(hashOf('b'), NOW)).toEqual({ state: 'used' });
    expect(await links.look(hashOf('c'), NOW)).toMatchObject({ state: 'open' });
  });

  test('a claim can be spent after the link would have expired', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    await links.spend(link.tokenHash, 'one', link.expiresAt + 1);
    expect(await links.look(link.tokenHash, link.expiresAt + 2)).toEqual({ state: 'used' });
  });

  test('a released link is good again', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'busy' });
    await links.release(link.tokenHash, 'one');
    expect(await links.claim(link.tokenHash, NOW, LEASE_MS, 'one')).toEqual(open);
  });

  test('a claim whose process died ends with its lease', async () => {
    const links = await make();
    await links.add({ ...link, expiresAt: NOW + 10 * LEASE_MS });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS - 1, LEASE_MS, 'one')).toEqual({ state: 'busy' });
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS, LEASE_MS, 'one')).toEqual(open);
  });

  test('of the tries of one message the links of the last two are good, those of other messages all', async () => {
    const links = await make();
    await links.add(link);
    await links.add({ ...link, tokenHash: hashOf('b'), outboxId: 2 });
    await links.add({ ...link, tokenHash: hashOf('c'), expiresAt: link.expiresAt + 1 });
    expect(await links.look(link.tokenHash, NOW)).toEqual(open);
    await links.add({ ...link, tokenHash: hashOf('d'), expiresAt: link.expiresAt + 2 });
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'unknown' });
    for (const digit of ['b', 'c', 'd']) expect(await links.look(hashOf(digit), NOW)).toEqual(open);
  });

  test('a second try leaves a link alone that is being redeemed', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    await links.add({ ...link, tokenHash: hashOf('c') });
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'busy' });
    await links.spend(link.tokenHash, 'one', NOW);
    expect(await links.look(hashOf('c'), NOW)).toEqual({ state: 'used' });
  });

  test('two links of one account are not claimed at once, those of two accounts are', async () => {
    const links = await make();
    await links.add(link);
    await links.add({ ...link, tokenHash: hashOf('b'), outboxId: 2 });
    await links.add({ ...link, tokenHash: hashOf('c'), outboxId: 3, userId: '2'.repeat(32) });
    expect(await links.claim(hashOf('a'), NOW, LEASE_MS, 'one')).toEqual(open);
    expect(await links.claim(hashOf('b'), NOW, LEASE_MS, 'two')).toEqual({ state: 'busy' });
    expect(await links.claim(hashOf('c'), NOW, LEASE_MS, 'three')).toMatchObject({ state: 'open' });
    await links.release(hashOf('a'), 'one');
    expect(await links.claim(hashOf('b'), NOW, LEASE_MS, 'two')).toEqual(open);
  });

  test('a renewed claim lasts longer', async () => {
    const links = await make();
    await links.add({ ...link, expiresAt: NOW + 10 * LEASE_MS });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    expect(await links.renew(link.tokenHash, 'one', NOW + LEASE_MS - 1, LEASE_MS)).toBe(true);
    expect(await links.look(link.tokenHash, NOW + 2 * LEASE_MS - 2)).toEqual({ state: 'busy' });
    expect(await links.look(link.tokenHash, NOW + 2 * LEASE_MS - 1)).toEqual(open);
  });

  test('a claim is not renewed that is over, somebody else’s, given back or spent', async () => {
    const links = await make();
    const renew = (claimId: string, now: number) => links.renew(link.tokenHash, claimId, now, LEASE_MS);
    await links.add({ ...link, expiresAt: NOW + 10 * LEASE_MS });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    expect(await renew('two', NOW)).toBe(false);
    expect(await renew('one', NOW + LEASE_MS)).toBe(false);
    expect(await links.look(link.tokenHash, NOW + LEASE_MS)).toEqual(open);
    await links.claim(link.tokenHash, NOW + LEASE_MS, LEASE_MS, 'two');
    expect(await renew('one', NOW + LEASE_MS)).toBe(false);
    await links.release(link.tokenHash, 'two');
    expect(await renew('two', NOW + LEASE_MS)).toBe(false);
    await links.claim(link.tokenHash, NOW + LEASE_MS, LEASE_MS, 'three');
    await links.spend(link.tokenHash, 'three', NOW + LEASE_MS);
    expect(await renew('three', NOW + LEASE_MS)).toBe(false);
    expect(await links.look(link.tokenHash, NOW + LEASE_MS)).toEqual({ state: 'used' });
  });

  test('only the holder of a claim spends or releases', async () => {
    const links = await make();
    await links.add({ ...link, expiresAt: NOW + 10 * LEASE_MS });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'lost');
    await links.claim(link.tokenHash, NOW + LEASE_MS, LEASE_MS, 'holder');
    expect(await links.spend(link.tokenHash, 'lost', NOW + LEASE_MS)).toBe(false);
    expect(await links.release(link.tokenHash, 'lost')).toBe(false);
    expect(await links.look(link.tokenHash, NOW + LEASE_MS)).toEqual({ state: 'busy' });
    expect(await links.spend(link.tokenHash, 'holder', NOW + LEASE_MS)).toBe(true);
    expect(await links.spend(link.tokenHash, 'holder', NOW + LEASE_MS)).toBe(false);
    expect(await links.release(link.tokenHash, 'holder')).toBe(false);
  });

  test('a lease that ended unnoticed is still spent', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'slow');
    expect(await links.spend(link.tokenHash, 'slow', NOW + 2 * LEASE_MS)).toBe(true);
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'used' });
  });
}
