import { expect, test } from 'vitest';
import type { ResetLinks } from '../../../server/ports.ts';

const NOW = 1_800_000_000_000;
const LEASE_MS = 30_000;
const hash = (digit: string) => digit.repeat(64);
const link = {
  tokenHash: hash('a'),
  userId: '1'.repeat(32),
  userName: 'anna',
  outboxId: 1,
  expiresAt: NOW + 1000,
};
const open = { state: 'open', userId: link.userId, userName: 'anna' };

/** What every adapter of ResetLinks keeps. `make` gives an empty one for the running test. */
export function testResetLinks(make: () => Promise<ResetLinks>): void {
  test('a link nobody made is unknown', async () => {
    const links = await make();
    expect(await links.look(hash('0'), NOW)).toEqual({ state: 'unknown' });
    expect(await links.claim(hash('0'), NOW, LEASE_MS)).toEqual({ state: 'unknown' });
  });

  test('looking changes nothing', async () => {
    const links = await make();
    await links.add(link);
    for (let i = 0; i < 3; i++) expect(await links.look(link.tokenHash, NOW)).toEqual(open);
    expect(await links.claim(link.tokenHash, NOW, LEASE_MS)).toEqual(open);
  });

  test('a link is open until the millisecond it expires', async () => {
    const links = await make();
    await links.add(link);
    expect(await links.look(link.tokenHash, link.expiresAt - 1)).toEqual(open);
    expect(await links.look(link.tokenHash, link.expiresAt)).toEqual({ state: 'expired' });
    expect(await links.claim(link.tokenHash, link.expiresAt, LEASE_MS)).toEqual({ state: 'expired' });
    expect(await links.claim(link.tokenHash, link.expiresAt - 1, LEASE_MS)).toEqual(open);
  });

  test('of 50 claims at once one gets the link, the others find it busy', async () => {
    const links = await make();
    await links.add(link);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => links.claim(link.tokenHash, NOW, LEASE_MS)),
    );
    expect(answers.filter((answer) => answer.state === 'open')).toHaveLength(1);
    expect(answers.filter((answer) => answer.state === 'busy')).toHaveLength(49);
  });

  test('a spent link is used for good', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    await links.spend(link.tokenHash, NOW + 10);
    expect(await links.look(link.tokenHash, NOW + 20)).toEqual({ state: 'used' });
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS + 20, LEASE_MS)).toEqual({ state: 'used' });
    await links.release(link.tokenHash);
    expect(await links.look(link.tokenHash, NOW + 20)).toEqual({ state: 'used' });
  });

  test('spending kills the other links of the account, and no others', async () => {
    const links = await make();
    await links.add(link);
    await links.add({ ...link, tokenHash: hash('b'), outboxId: 2 });
    await links.add({ ...link, tokenHash: hash('c'), outboxId: 3, userId: '2'.repeat(32) });
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    await links.spend(link.tokenHash, NOW);
    expect(await links.look(hash('b'), NOW)).toEqual({ state: 'used' });
    expect(await links.look(hash('c'), NOW)).toMatchObject({ state: 'open' });
  });

  test('a claim can be spent after the link would have expired', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    await links.spend(link.tokenHash, link.expiresAt + 1);
    expect(await links.look(link.tokenHash, link.expiresAt + 2)).toEqual({ state: 'used' });
  });

  test('a released link is good again', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'busy' });
    await links.release(link.tokenHash);
    expect(await links.claim(link.tokenHash, NOW, LEASE_MS)).toEqual(open);
  });

  test('a claim whose process died ends with its lease', async () => {
    const links = await make();
    await links.add({ ...link, expiresAt: NOW + 10 * LEASE_MS });
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS - 1, LEASE_MS)).toEqual({ state: 'busy' });
    expect(await links.claim(link.tokenHash, NOW + LEASE_MS, LEASE_MS)).toEqual(open);
  });

  test('a second try of one message replaces the link of the first', async () => {
    const links = await make();
    await links.add(link);
    await links.add({ ...link, tokenHash: hash('b'), outboxId: 2 });
    await links.add({ ...link, tokenHash: hash('c') });
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'unknown' });
    expect(await links.look(hash('b'), NOW)).toEqual(open);
    expect(await links.look(hash('c'), NOW)).toEqual(open);
  });

  test('a second try leaves a link alone that is being redeemed', async () => {
    const links = await make();
    await links.add(link);
    await links.claim(link.tokenHash, NOW, LEASE_MS);
    await links.add({ ...link, tokenHash: hash('c') });
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'busy' });
    await links.spend(link.tokenHash, NOW);
    expect(await links.look(hash('c'), NOW)).toEqual({ state: 'used' });
  });
}
