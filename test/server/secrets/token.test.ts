import { expect, test } from 'vitest';
import {
  createLinkAddress,
  createPinAddress,
  createToken,
  hashToken,
} from '../../../server/secrets/token.ts';

test('10,000 tokens have 43 characters of base64url, none twice, none begins like another', () => {
  const tokens = Array.from({ length: 10_000 }, createToken);
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(new Set(tokens.map((token) => token.slice(0, 12))).size).toBe(tokens.length);
});

test('every position takes all signs about equally often', () => {
  const tokens = Array.from({ length: 6_400 }, createToken);
  // The last sign carries 4 bits only: 256 is no multiple of 6.
  for (let position = 0; position < 42; position++) {
    const counts = new Map<string, number>();
    for (const token of tokens) {
      const sign = token.charAt(position);
      counts.set(sign, (counts.get(sign) ?? 0) + 1);
    }
    expect(counts.size).toBe(64);
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    // 63 degrees of freedom; 140 is passed once in some ten million honest runs.
    expect(chiSquare).toBeLessThan(140);
  }
});

test('a token is kept as the SHA-256 of its text', () => {
  expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

test.each([
  ['https://media.example.org', 'https://media.example.org/gatehouse/reset#t'],
  ['https://media.example.org/', 'https://media.example.org/gatehouse/reset#t'],
  ['https://example.org/jellyfin', 'https://example.org/jellyfin/gatehouse/reset#t'],
  ['https://example.org/jellyfin//', 'https://example.org/jellyfin/gatehouse/reset#t'],
])('the link below %s is %s', (publicUrl, link) => {
  expect(createLinkAddress(publicUrl, 't')).toBe(link);
});

test.each([
  ['https://media.example.org', 'https://media.example.org/gatehouse/pin'],
  ['https://example.org/jellyfin/', 'https://example.org/jellyfin/gatehouse/pin'],
])('the page for PINs below %s is %s, and the PIN stands in the fragment', (publicUrl, page) => {
  expect(createPinAddress(publicUrl)).toBe(page);
  expect(createPinAddress(publicUrl, '0123456789ABCDEF')).toBe(`${page}#0123456789ABCDEF`);
});
