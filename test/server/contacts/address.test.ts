import { describe, expect, test } from 'vitest';
import { readAddress } from '../../../server/contacts/address.ts';

describe('an address', () => {
  test.each([
    ['anna@example.org', 'anna@example.org'],
    ['  Anna.Lee+tv@Example.ORG ', 'Anna.Lee+tv@example.org'],
    [`o'hara@mail.example.org`, `o'hara@mail.example.org`],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['a@1and1.com', 'a@1and1.com'],
    ['jürgen@example.org', 'jürgen@example.org'],
    ['ju\u0308rgen@example.org', 'j\u00fcrgen@example.org'],
    ['मीना@उदाहरण.example', 'मीना@xn--p1b6ci4b4b3a.example'],
    ['用户.名@example.org', '用户.名@example.org'],
    ['علي٣@example.org', 'علي٣@example.org'],
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
    // Signs that turn the direction, show nothing, or show on the sign before them.
    ['anna\u202e@example.org', 'one plain address'],
    ['an\u200bna@example.org', 'one plain address'],
    ['an\u00adna@example.org', 'one plain address'],
    ['anna\u3164@example.org', 'one plain address'],
    ['anna\ufe0f@example.org', 'one plain address'],
    ['\u0301anna@example.org', 'one plain address'],
    ['anna.\u0301x@example.org', 'one plain address'],
    ['anna\u2028@example.org', 'one plain address'],
    ['anna\uff20x@example.org', 'one plain address'],
    ['😀@example.org', 'one plain address'],
    ['\ud800@example.org', 'one plain address'],
    [`${'ü'.repeat(33)}@example.org`, 'more than 64'],
    [`${'a'.repeat(65)}@example.org`, 'more than 64'],
    [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(9)}.org`, '254'],
  ])('%j is refused', (text, fault) => {
    expect(readAddress(text)).toEqual({ fault: expect.stringContaining(fault) });
  });
});
