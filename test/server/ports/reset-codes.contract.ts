import { expect, test } from 'vitest';
import type { Storage } from '../../../server/ports/storage.ts';
import { hashOf, LEASE_MS, link, NOW } from './reset-links.contract.ts';

const RIGHT = 'c'.repeat(64);
const WRONG = 'd'.repeat(64);
const code = { hash: RIGHT, expiresAt: NOW + 500 };
const onMail = { ...link, channel: 'email' };
const PIN = hashOf('9');

/** What every storage keeps about codes that a reset needs besides its link. `open` gives an empty one. */
export function testResetCodes(open: () => Promise<Storage>): void {
  test('a link tells on which channel it came, and whether somebody handed it over', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await links.add({ ...link, tokenHash: hashOf('b'), outboxId: -NOW });
    await links.add({ ...link, tokenHash: hashOf('c'), outboxId: 3 });
    expect(await resetCodes.wayOf(link.tokenHash)).toEqual({ kind: 'message', channel: 'email' });
    expect(await resetCodes.wayOf(hashOf('b'))).toEqual({ kind: 'by-hand' });
    expect(await resetCodes.wayOf(hashOf('c'))).toEqual({ kind: 'message', channel: undefined });
    expect(await resetCodes.wayOf(hashOf('0'))).toBeUndefined();
  });

  test('the link of a later try tells its own channel, that of an earlier one stays', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await links.add({ ...onMail, tokenHash: hashOf('b'), channel: 'telegram', expiresAt: NOW + 2000 });
    expect(await resetCodes.wayOf(link.tokenHash)).toEqual({ kind: 'message', channel: 'email' });
    expect(await resetCodes.wayOf(hashOf('b'))).toEqual({ kind: 'message', channel: 'telegram' });
  });

  test('a right code is right as often as it is typed, until the millisecond it expires', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    expect(await resetCodes.keep(link.tokenHash, code, NOW)).toEqual({ state: 'kept' });
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW)).toEqual({ state: 'right' });
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW + 499)).toEqual({ state: 'right' });
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW + 500)).toEqual({ state: 'no-code' });
  });

  test('where no code was sent none is right, and nothing is counted', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    for (let i = 0; i < 9; i++)
      expect(await resetCodes.compare(link.tokenHash, WRONG, NOW)).toEqual({ state: 'no-code' });
    expect(await links.look(link.tokenHash, NOW)).toMatchObject({ state: 'open' });
  });

  test('the code of a link is good for no other, also of the same account', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await links.add({ ...onMail, tokenHash: hashOf('b'), outboxId: 2 });
    await resetCodes.keep(link.tokenHash, code, NOW);
    await resetCodes.keep(hashOf('b'), { ...code, hash: 'e'.repeat(64) }, NOW);
    expect(await resetCodes.compare(hashOf('b'), RIGHT, NOW)).toEqual({ state: 'wrong' });
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW)).toEqual({ state: 'right' });
  });

  test('a new code takes the place of the one before, and three are the most of one link', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    const keep = (digit: string) => resetCodes.keep(link.tokenHash, { ...code, hash: hashOf(digit) }, NOW);
    for (const digit of ['1', '2', '3']) expect(await keep(digit)).toEqual({ state: 'kept' });
    expect(await keep('4')).toEqual({ state: 'too-many' });
    expect(await resetCodes.compare(link.tokenHash, hashOf('3'), NOW)).toEqual({ state: 'right' });
    for (const digit of ['1', '2', '4'])
      expect(await resetCodes.compare(link.tokenHash, hashOf(digit), NOW)).toEqual({ state: 'wrong' });
  });

  test('five wrong codes end the link, over all of its codes, and no other', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await links.add({ ...onMail, tokenHash: hashOf('b'), outboxId: 2 });
    await resetCodes.keep(link.tokenHash, code, NOW);
    const type = () => resetCodes.compare(link.tokenHash, WRONG, NOW);
    for (let i = 0; i < 3; i++) expect(await type()).toEqual({ state: 'wrong' });
    await resetCodes.keep(link.tokenHash, code, NOW);
    expect(await type()).toEqual({ state: 'wrong' });
    expect(await type()).toEqual({ state: 'locked' });
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW)).toEqual({ state: 'used' });
    expect(await links.claim(link.tokenHash, NOW, LEASE_MS, 'one')).toEqual({ state: 'used' });
    expect(await resetCodes.keep(link.tokenHash, code, NOW)).toEqual({ state: 'used' });
    expect(await links.look(hashOf('b'), NOW)).toMatchObject({ state: 'open' });
    // The message that may have arrived does not bring it back.
    expect(await links.add({ ...onMail, expiresAt: NOW + 9000 })).toBe(false);
    expect(await links.look(link.tokenHash, NOW)).toEqual({ state: 'used' });
  });

  test('of 50 wrong codes that are typed at once five are looked at', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await resetCodes.keep(link.tokenHash, code, NOW);
    const typed = await Promise.all(
      Array.from({ length: 50 }, () => resetCodes.compare(link.tokenHash, WRONG, NOW)),
    );
    const count = (state: string) => typed.filter((one) => one.state === state).length;
    expect([count('wrong'), count('locked'), count('used')]).toEqual([4, 1, 45]);
  });

  test('while a password is being set no code is looked at, and none sent', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await resetCodes.keep(link.tokenHash, code, NOW);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    for (let i = 0; i < 9; i++)
      expect(await resetCodes.compare(link.tokenHash, WRONG, NOW)).toEqual({ state: 'busy' });
    expect(await resetCodes.keep(link.tokenHash, code, NOW)).toEqual({ state: 'busy' });
    await links.release(link.tokenHash, 'one');
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW)).toEqual({ state: 'right' });
  });

  test('a claim whose process died costs neither the code nor the tries', async () => {
    const { links, resetCodes } = await open();
    await links.add({ ...onMail, expiresAt: NOW + 10 * LEASE_MS });
    await resetCodes.keep(link.tokenHash, { ...code, expiresAt: NOW + 10 * LEASE_MS }, NOW);
    await resetCodes.compare(link.tokenHash, WRONG, NOW);
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    const later = NOW + LEASE_MS;
    expect(await resetCodes.compare(link.tokenHash, RIGHT, later)).toEqual({ state: 'right' });
    for (let i = 0; i < 3; i++)
      expect(await resetCodes.compare(link.tokenHash, WRONG, later)).toEqual({ state: 'wrong' });
    expect(await resetCodes.compare(link.tokenHash, WRONG, later)).toEqual({ state: 'locked' });
  });

  test('a link that is used, expired or was never made takes no code', async () => {
    const { links, resetCodes } = await open();
    await links.add(onMail);
    await resetCodes.keep(link.tokenHash, { ...code, expiresAt: NOW + 9000 }, NOW);
    expect(await resetCodes.compare(link.tokenHash, RIGHT, link.expiresAt)).toEqual({ state: 'expired' });
    expect(await resetCodes.keep(link.tokenHash, code, link.expiresAt)).toEqual({ state: 'expired' });
    await links.claim(link.tokenHash, NOW, LEASE_MS, 'one');
    await links.spend(link.tokenHash, 'one', NOW);
    expect(await resetCodes.compare(link.tokenHash, RIGHT, NOW)).toEqual({ state: 'used' });
    expect(await resetCodes.compare(hashOf('0'), RIGHT, NOW)).toEqual({ state: 'unknown' });
    expect(await resetCodes.keep(hashOf('0'), code, NOW)).toEqual({ state: 'unknown' });
  });

  test('a PIN that is exchanged again keeps the code it has, and what was typed wrong', async () => {
    const { links, resetCodes } = await open();
    await links.add({ ...onMail, purpose: 'pin', tokenHash: PIN });
    const exchange = (digit: string) =>
      links.exchange(PIN, { tokenHash: hashOf(digit), expiresAt: NOW + 900 }, NOW);
    await exchange('1');
    expect(await resetCodes.wayOf(hashOf('1'))).toEqual({ kind: 'message', channel: 'email' });
    expect(await resetCodes.wayOf(PIN)).toBeUndefined();
    await resetCodes.keep(hashOf('1'), code, NOW);
    for (let i = 0; i < 4; i++) await resetCodes.compare(hashOf('1'), WRONG, NOW);
    await exchange('2');
    expect(await resetCodes.compare(hashOf('2'), RIGHT, NOW)).toEqual({ state: 'right' });
    expect(await resetCodes.compare(hashOf('1'), RIGHT, NOW)).toEqual({ state: 'unknown' });
    expect(await resetCodes.compare(hashOf('2'), WRONG, NOW)).toEqual({ state: 'locked' });
    expect(await exchange('3')).toEqual({ state: 'used' });
    expect(await links.look(hashOf('2'), NOW)).toEqual({ state: 'used' });
  });
}
