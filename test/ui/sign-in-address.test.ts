import { expect, it } from 'vitest';
import { signInAddress } from '../../ui/sign-in-address.ts';

const PAGE = 'https://media.example.org/base/gatehouse/reset';

it.each([
  [undefined, 'https://media.example.org/base/web/index.html'],
  ['../web/index.html', 'https://media.example.org/base/web/index.html'],
  ['../web/#/login', 'https://media.example.org/base/web/#/login'],
  ['https://other.example.org/', 'https://other.example.org/'],
  ['javascript:alert(1)', 'https://media.example.org/base/web/index.html'],
  ['https://', 'https://media.example.org/base/web/index.html'],
])('leads from the answer %s to %s', (answer, address) => {
  expect(signInAddress(answer, PAGE)).toBe(address);
});
