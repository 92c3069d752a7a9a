import { expect, it } from 'vitest';
import { showAddress } from '../../../server/contacts/shown-address.ts';

it.each([
  ['anna@example.org', 'an…@example.org'],
  ['ann@example.org', 'an…@example.org'],
  ['an@example.org', '…@example.org'],
  ['a@example.org', '…@example.org'],
  ['123456789', '…89'],
  ['+4912345', '…45'],
  ['1234', '…'],
  ['@anna:example.org', '…rg'],
  ['😀😀😀😀😀', '…😀😀'],
  ['', '…'],
])('%s is shown as %s', (address, shown) => {
  expect(showAddress(address)).toBe(shown);
});
