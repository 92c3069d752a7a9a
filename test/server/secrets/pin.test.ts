import { createHmac } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import {
  createPin,
  createPinHash,
  createPinKey,
  PIN_KEY_SETTING,
  readPin,
  showPin,
} from '../../../server/secrets/pin.ts';

test('10,000 PINs have 16 signs that nobody mixes up, and none comes twice', () => {
  const pins = Array.from({ length: 10_000 }, createPin);
  for (const pin of pins) expect(pin).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  expect(new Set(pins).size).toBe(pins.length);
});

test('every position takes all 32 signs about equally often', () => {
  const pins = Array.from({ length: 3_200 }, createPin);
  for (let position = 0; position < 16; position++) {
    const counts = new Map<string, number>();
    for (const pin of pins) counts.set(pin.charAt(position), (counts.get(pin.charAt(position)) ?? 0) + 1);
    expect(counts.size).toBe(32);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    // 31 degrees of freedom; 95 is passed once in some hundred million honest runs.
    expect(chiSquare).toBeLessThan(95);
  }
});

test('a PIN is shown in four groups, and what is shown is read back', () => {
  expect(showPin('0123456789ABCDEF')).toBe('0123-4567-89AB-CDEF');
  for (let count = 0; count < 1_000; count++) {
    const pin = createPin();
    expect(readPin(showPin(pin))).toBe(pin);
  }
});

describe('what people type is read as the PIN it was meant to be', () => {
  it.each([
    ['as shown', '01AB-CDEF-GHJK-MN10'],
    ['without dashes', '01ABCDEFGHJKMN10'],
    ['in lower case', '01ab-cdef-ghjk-mn10'],
    ['with O for 0 and I or l for 1', 'OIAB-CDEF-GHJK-MNlo'],
    ['with blanks around and between', '  01AB CDEF\u00a0GHJK  MN10\n'],
    ['with other dashes', '01AB–CDEF—GHJK−MN10'],
    ['with the full stop of a sentence', '01AB-CDEF-GHJK-MN10.'],
    ['in full-width signs', '０１ＡＢ－CDEF-GHJK-MN10'],
    ['with dashes elsewhere', '0-1AB-CDEFGHJ-KMN10-'],
  ])('%s', (_name, typed) => {
    expect(readPin(typed)).toBe('01ABCDEFGHJKMN10');
  });
});

describe('what cannot be a PIN of ours is none', () => {
  it.each([
    ['nothing', ''],
    ['dashes only', '----'],
    ['a PIN of Jellyfin', '1A-2B-3C-4D'],
    ['one sign too few', '01AB-CDEF-GHJK-MN1'],
    ['one sign too many', '01AB-CDEF-GHJK-MN10-0'],
    ['a sign that is none of ours', '01AB-CDEF-GHJK-MNU0'],
    ['another sign between', '01AB/CDEF/GHJK/MN10'],
    ['a letter outside ASCII that looks like one', '01АB-CDEF-GHJK-MN10'],
    ['a long text', 'A'.repeat(100_000)],
  ])('%s', (_name, typed) => {
    expect(readPin(typed)).toBeUndefined();
  });
});

test('a PIN is kept as HMAC-SHA-256 under the key of the installation', () => {
  const expected = createHmac('sha256', 'the key').update('0123456789ABCDEF').digest('hex');
  expect(createPinHash('the key')('0123456789ABCDEF')).toBe(expected);
  expect(createPinHash(createPinKey())('0123456789ABCDEF')).not.toBe(expected);
  expect(createPinKey()).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(createPinKey()).not.toBe(createPinKey());
});

test('the key is kept under the name that earlier versions gave it, or their PINs would be worth nothing', () => {
  expect(PIN_KEY_SETTING).toBe('pin-key');
});
