import { expect, test } from 'vitest';
import { createExchangePin, EXCHANGED_LINK_MS } from '../../../server/reset/exchange-pin.ts';
import { createPin, createPinHash, createPinKey, showPin } from '../../../server/secrets/pin.ts';
import { hashToken } from '../../../server/secrets/token.ts';
import { createSettableClock } from '../../support/clock/settable-clock.ts';
import { createLogLines } from '../../support/log/log-lines.ts';
import { tempStorage } from '../../support/storage/temp-storage.ts';

const HALF_AN_HOUR_MS = 30 * 60_000;
const HOME = '192.0.2.1';

async function setUp() {
  const storage = await tempStorage();
  const clock = createSettableClock();
  const lines = createLogLines();
  const hashPin = createPinHash(createPinKey());
  const { links, limits } = storage;
  const { exchange } = createExchangePin({ links, limits, hashPin, clock, log: lines.log });
  let outboxId = 0;
  async function mail(userId = 'a1'): Promise<string> {
    const pin = createPin();
    outboxId += 1;
    await links.add({
      ...{ purpose: 'pin', tokenHash: hashPin(pin), userId, userName: 'anna', outboxId },
      expiresAt: clock.now() + HALF_AN_HOUR_MS,
    });
    return pin;
  }
  const tokenFor = async (pin: string): Promise<string> => {
    const outcome = await exchange({ pin, clientAddress: HOME });
    if (outcome.kind !== 'accepted') throw new Error(`the PIN was ${outcome.kind}`);
    return outcome.token;
  };
  const stateOf = async (token: string): Promise<string> =>
    (await links.look(hashToken(token), clock.now())).state;
  const guess = (clientAddress = HOME) => exchange({ pin: createPin(), clientAddress });
  return { storage, clock, lines, exchange, mail, tokenFor, stateOf, guess };
}

test('a PIN is exchanged for a link that works for ten minutes, however it was typed', async () => {
  const { exchange, mail, stateOf, clock } = await setUp();
  const pin = await mail();
  const outcome = await exchange({ pin: ` ${showPin(pin).toLowerCase()} `, clientAddress: HOME });
  if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
  expect(outcome.userName).toBe('anna');
  expect(await stateOf(outcome.token)).toBe('open');
  clock.advance(EXCHANGED_LINK_MS);
  expect(await stateOf(outcome.token)).toBe('expired');
});

test('exchanged again it stays good, and the link of the time before is gone', async () => {
  const { mail, tokenFor, stateOf } = await setUp();
  const pin = await mail();
  const first = await tokenFor(pin);
  const second = await tokenFor(pin);
  expect(second).not.toBe(first);
  expect(await stateOf(first)).toBe('unknown');
  expect(await stateOf(second)).toBe('open');
});

test('a password set with the link spends the PIN, and every other PIN of the account', async () => {
  const { storage, clock, exchange, mail, tokenFor } = await setUp();
  const [pin, other] = [await mail(), await mail()];
  const tokenHash = hashToken(await tokenFor(pin));
  await storage.links.claim(tokenHash, clock.now(), 60_000, 'claim');
  expect(await storage.links.spend(tokenHash, 'claim', clock.now())).toBe(true);
  for (const spent of [pin, other]) {
    expect(await exchange({ pin: spent, clientAddress: HOME })).toEqual({ kind: 'wrong', state: 'used' });
  }
});

test('an expired PIN, and one whose password is being set at this moment, are told apart and cost nothing', async () => {
  const { storage, clock, exchange, mail, tokenFor, guess } = await setUp();
  const pin = await mail();
  await storage.links.claim(hashToken(await tokenFor(pin)), clock.now(), 60_000, 'claim');
  for (let count = 0; count < 20; count++) {
    expect(await exchange({ pin, clientAddress: HOME })).toEqual({ kind: 'wrong', state: 'busy' });
  }
  clock.advance(HALF_AN_HOUR_MS);
  expect(await exchange({ pin, clientAddress: HOME })).toEqual({ kind: 'wrong', state: 'expired' });
  expect(await guess()).toEqual({ kind: 'wrong', state: 'unknown' });
});

test('a network is told to wait after ten wrong PINs in a minute, and others are not', async () => {
  const { clock, exchange, guess, lines } = await setUp();
  for (let count = 0; count < 10; count++) {
    expect(await exchange({ pin: `not a PIN ${count}`, clientAddress: HOME })).toMatchObject({
      kind: 'wrong',
    });
  }
  clock.advance(20_000);
  expect(await guess()).toEqual({ kind: 'limited', waitSeconds: 40 });
  expect(await guess()).toEqual({ kind: 'limited', waitSeconds: 40 });
  expect(await guess('192.0.2.2')).toEqual({ kind: 'wrong', state: 'unknown' });
  clock.advance(40_000);
  expect(await guess()).toEqual({ kind: 'wrong', state: 'unknown' });
  const warnings = lines
    .text()
    .split('\n')
    .filter((line) => line.includes('"level":"warn"'));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/"event":"pin-refused".*"state":"limited"/);
});

test('an IPv6 network is one /64', async () => {
  const { guess } = await setUp();
  for (let count = 0; count < 10; count++) await guess(`2001:db8:1:2::${count}`);
  expect(await guess('2001:db8:1:2:ffff::1')).toMatchObject({ kind: 'limited' });
  expect(await guess('2001:db8:1:3::1')).toMatchObject({ kind: 'wrong' });
});

test('after 100 wrong PINs in a row from anywhere every wrong one is limited, until a good one comes', async () => {
  const { guess, mail, tokenFor } = await setUp();
  const pin = await mail();
  for (let count = 0; count < 100; count++) {
    expect(await guess(`198.51.100.${count}`)).toEqual({ kind: 'wrong', state: 'unknown' });
  }
  expect(await guess('203.0.113.1')).toMatchObject({ kind: 'limited' });
  await tokenFor(pin);
  expect(await guess('203.0.113.2')).toEqual({ kind: 'wrong', state: 'unknown' });
});

test('a good PIN works from a network that guesses, and while everybody does', async () => {
  const { guess, mail, tokenFor, stateOf } = await setUp();
  const pin = await mail();
  for (let count = 0; count < 150; count++) await guess();
  expect(await guess()).toMatchObject({ kind: 'limited' });
  expect(await stateOf(await tokenFor(pin))).toBe('open');
});

test('neither PIN nor token stands in the log or in the file', async () => {
  const { storage, mail, tokenFor, guess, lines } = await setUp();
  const pin = await mail();
  const token = await tokenFor(pin);
  await guess();
  const { readFile } = await import('node:fs/promises');
  const kept = `${await readFile(storage.path, 'latin1')}${await readFile(`${storage.path}-wal`, 'latin1').catch(() => '')}`;
  for (const place of [kept, lines.text()]) {
    for (const secret of [pin, showPin(pin), token]) expect(place).not.toContain(secret);
  }
  expect(lines.events()).toEqual(['pin-accepted', 'pin-refused']);
});
