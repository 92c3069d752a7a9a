import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../server/contacts/address.ts';

describe('an address', () => {
  test.each([
    ['anna@example.org', 'anna@example.org'],
    ['  Anna.Lee+tv@Example.ORG ', 'Anna.Lee+tv@example.org'],
    [`o'hara@mail.example.org`, `o'hara@mail.example.org`],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['a@1and1.com', 'a@1and1.com'],
  ])('%s is read as %s', (text, address) => {
    expect(readAddress(text)).toEqual({ address });
  });

  test.each([
    ['', 'is empty'],
    ['anna', 'has no @'],
    ['anna@localhost', 'has no domain'],
    ['anna@example..org', 'has no domain'],
    ['anna@-x.org', 'has no domain'],
    ['anna@192.0.2.1', 'has no domain'],
    ['anna@example.org%0d', 'has no domain'],
    ['anna@example.org/x', 'has no domain'],
    ['@example.org', 'one plain address'],
    ['a b@example.org', 'one plain address'],
    ['"a b"@example.org', 'one plain address'],
    ['Anna <anna@example.org>', 'one plain address'],
    ['eve@evil.example,anna@example.org', 'one plain address'],
    ['eve@evil.example;anna@example.org', 'one plain address'],
    ['friends: anna@example.org', 'one plain address'],
    ['anna@example.org\r\nBcc: eve@evil.example', 'one plain address'],
    ['anna\n@example.org', 'one plain address'],
    ['anna\u0000@example.org', 'one plain address'],
    ['.anna@example.org', 'one plain address'],
    ['jürgen@example.org', 'one plain address'],
    [`${'a'.repeat(65)}@example.org`, 'more than 64'],
    [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(9)}.org`, '254'],
  ])('%j is refused', (text, fault) => {
    expect(readAddress(text)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
