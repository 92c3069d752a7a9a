import { expect, test } from 'vitest';
import { isDecodable } from '../../../server/config/web-address.ts';

test.each([
  ['', true],
  ['p4ss', true],
  ['%25%2F%3f', true],
  ['gr%C3%BC%C3%9Fe', true],
  ['100%', false],
  ['%zz', false],
  ['%FF', false],
])('of "%s" it is %s that it can be decoded', (text, may) => {
  expect(isDecodable(text)).toBe(may);
});
