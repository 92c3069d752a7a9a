import { expect, it } from 'vitest';
import { shortAddress } from '../../../server/log/redaction.ts';

it.each([
  ['anna@example.org', 'a…@example.org'],
  ['a@example.org', 'a…@example.org'],
  ['😀nna@example.org', '😀…@example.org'],
  ['"a@b"@example.org', '"…@example.org'],
  ['@anna:matrix.example.org', '@a…:matrix.example.org'],
  ['@:example.org', '…rg'],
  ['123456789', '…89'],
  ['+4912345', '…45'],
  ['12345', '…45'],
  ['1234', '…'],
  ['😀😀😀😀😀', '…😀😀'],
  ['', '…'],
])('of %s only %s is shown', (address, shown) => {
  expect(shortAddress(address)).toBe(shown);
});
