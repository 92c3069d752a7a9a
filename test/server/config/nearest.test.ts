import { describe, expect, it } from 'vitest';
import { countEdits, findNearest } from '../../../server/config/nearest.ts';

describe('findNearest', () => {
  const names = ['listen', 'public', 'jellyfin', 'trustedProxies', 'page-title', 'url', 'apiKey'];

  it.each([
    ['jellyfn', 'jellyfin'],
    ['trusted_proxies', 'trustedProxies'],
    ['pageTitle', 'page-title'],
    ['lisetn', 'listen'],
    ['URL', 'url'],
    ['uri', 'url'],
    ['api_key', 'apiKey'],
  ])('takes %s for %s', (word, expected) => expect(findNearest(word, names)).toBe(expected));

  it.each(['', 'x', 'database', 'x'.repeat(100_000)])('takes nothing for what is near to nothing', (word) =>
    expect(findNearest(word, names)).toBeUndefined(),
  );
});

describe('countEdits', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['kitten', 'sitting', 3],
  ])('from %j to %j', (from, to, edits) => {
    expect(countEdits(from, to)).toBe(edits);
    expect(countEdits(to, from)).toBe(edits);
  });
});
