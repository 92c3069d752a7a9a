import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createFakeJellyfin, type FakeJellyfin, JELLYFIN_VERSIONS } from './fake-jellyfin.ts';

const KEY = 'ad0123456789abcdef0123456789abcd';

/** Where a token may stand, and the first and last of the minor versions that look there by default. */
const PLACES: readonly (readonly [string, Record<string, string>, string, number, number])[] = [
  ['Authorization: MediaBrowser', { authorization: `MediaBrowser Token="${KEY}"` }, '', 8, 12],
  ['the same without quotes', { authorization: `mediabrowser Token=${KEY}` }, '', 8, 12],
  ['the scheme Emby', { authorization: `Emby Token="${KEY}"` }, '', 8, 11],
  ['X-Emby-Authorization', { 'x-emby-authorization': `MediaBrowser Token="${KEY}"` }, '', 8, 11],
  ['X-Emby-Token', { 'x-emby-token': KEY }, '', 8, 11],
  ['X-MediaBrowser-Token', { 'x-mediabrowser-token': KEY }, '', 8, 11],
  ['?ApiKey=', {}, `?ApiKey=${KEY}`, 8, 12],
  ['?api_key=', {}, `?api_key=${KEY}`, 8, 11],
  ['?ApiKey= beside Basic', { authorization: 'Basic Zm9vOmJhcg==' }, `?apikey=${KEY}`, 8, 12],
  ['the key token= in lower case', { authorization: `MediaBrowser token="${KEY}"` }, '', 0, 0],
  ['Bearer', { authorization: `Bearer ${KEY}` }, '', 0, 0],
  ['a cookie', { cookie: `token=${KEY}` }, '', 0, 0],
];

describe.each(JELLYFIN_VERSIONS)('%s reads a token', (version) => {
  const minor = version === '12.0' ? 12 : Number(version.split('.')[1]);
  let fake: FakeJellyfin;
  beforeAll(async () => {
    fake = await createFakeJellyfin({ version, apiKeys: [KEY] });
  });
  afterAll(() => fake.close());

  test.each(PLACES)('from %s, if at all', async (_name, headers, query, first, last) => {
    const answer = await fetch(`${fake.url}/System/Endpoint${query}`, { headers });
    expect(answer.status).toBe(minor >= first && minor <= last ? 200 : 401);
  });

  test('and lets the dictionary win that its version asks first', async () => {
    const right = `MediaBrowser Token="${KEY}"`;
    const wrong = `MediaBrowser Token="${'f'.repeat(32)}"`;
    const headers = { authorization: right, 'x-emby-authorization': wrong };
    const answer = await fetch(`${fake.url}/System/Endpoint`, { headers });
    expect(answer.status).toBe(minor <= 10 ? 401 : 200);
  });

  test('but not a wrong one from the header when the query has a right one', async () => {
    const headers = { authorization: `MediaBrowser Token="${'f'.repeat(32)}"` };
    const answer = await fetch(`${fake.url}/System/Endpoint?ApiKey=${KEY}`, { headers });
    expect(answer.status).toBe(401);
  });
});
