import { expect, test } from 'vitest';
import { nameSome } from '../../../server/messages/name-some.ts';

test.each([
  [[], 2, ''],
  [['anna'], 2, 'anna'],
  [['anna', 'ben'], 2, 'anna, ben'],
  [['anna', 'ben', 'cem'], 2, 'anna, ben and 1 more'],
  [['anna', 'ben', 'cem', 'dora'], 1, 'anna and 3 more'],
])('of %j, %i at most, "%s" is named', (names, most, says) => {
  expect(nameSome(names, most)).toBe(says);
});

test('another separator stands where names have commas', () => {
  expect(nameSome(['a, b', 'c', 'd'], 2, '; ')).toBe('a, b; c and 1 more');
});
