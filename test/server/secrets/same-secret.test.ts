import { expect, it } from 'vitest';
import { isSameSecret } from '../../../server/secrets/same-secret.ts';

it.each([
  ['a'.repeat(64), 'a'.repeat(64), true],
  ['', '', true],
  ['a'.repeat(64), `${'a'.repeat(63)}b`, false],
  ['a'.repeat(64), 'a'.repeat(63), false],
  ['a', '', false],
  ['ü', 'u\u0308', false],
])('%j and %j are the same secret: %s', (one, other, isSame) => {
  expect(isSameSecret(one, other)).toBe(isSame);
  expect(isSameSecret(other, one)).toBe(isSame);
});
