import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../../injector/http/representation.ts';
import { replacement } from '../../../injector/kit/replacements.ts';
import type { KeptFile } from '../../../injector/static/bodies.ts';
import { addressOfBytes } from '../../../injector/static/keep-rules.ts';
import { createReplacedFiles } from '../../../injector/static/replaced-files.ts';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const HASH = '0123456789abcdef0123';
const FILLING = Array.from({ length: 300 }, (_, n) => `export const answer${n} = ${(n * n) % 97};`).join(
  '\n',
);
const SCRIPT = `${FILLING}"Please sign in";`;
const REPLACED = `${FILLING}"Who is there?";`;
const CHUNK = `/web/session-login.${HASH}.chunk.js`;
const OTHER = `/web/home.${HASH}.chunk.js`;
const ENTRY = '/web/main.jellyfin.bundle.js';
const PAGE = `<html><script defer src="main.jellyfin.bundle.js?${HASH}"></script></html>`;
const BARE = { Referer: 'http://films.example.org/web/?gatehouse=off#/login' };

const sayWho = (find = 'Please sign in', replace = 'Who is there?') => [
  replacement().parse({ find, replace }),
];

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set('/web/index.html', { body: PAGE, etag: '"page-1"' });
  for (const path of [CHUNK, ENTRY]) web.files.set(path, { body: SCRIPT });
  web.files.set(OTHER, { body: FILLING });
  web.cache.replace(sayWho());
});
afterEach(() => web.close());

const linesOf = (path: string): number => web.asked.filter(({ line }) => line.split('?')[0] === path).length;

describe('a file in which text is replaced', () => {
  it('goes out changed, with a length and a tag of its own, and is confirmed at each use', async () => {
    web.files.set(CHUNK, { body: SCRIPT, headers: { 'Cache-Control': 'public, max-age=600' } });
    const changed = await web.get(CHUNK);
    const bare = await web.get(CHUNK, BARE);

    expect([changed.status, changed.body.toString()]).toEqual([200, REPLACED]);
    expect(changed.headers['content-length']).toBe(String(REPLACED.length));
    expect(changed.headers['content-type']).toBe('text/javascript');
    expect(changed.headers['cache-control']).toBe('no-cache');
    expect(changed.headers.vary).toBe('Accept-Encoding, Referer');
    // It is when Jellyfin's file was changed.
    expect(changed.headers['last-modified']).toBeUndefined();
    expect(changed.headers.etag).toBe(`"gh-${hashOf(Buffer.from(REPLACED))}"`);
    expect(changed.headers.etag).not.toBe(bare.headers.etag);
  });

  it('is not sent again to who has it, also after Jellyfin was asked and has the same', async () => {
    const { headers } = await web.get(CHUNK);
    const asked = { 'If-None-Match': headers.etag ?? '' };
    expect((await web.get(CHUNK, asked)).status).toBe(304);
    web.later(61_000);
    const again = await web.get(CHUNK, asked);

    expect([again.status, again.headers['cache-control'], again.headers.vary]).toEqual([
      304,
      'no-cache',
      'Accept-Encoding, Referer',
    ]);
    expect(linesOf(CHUNK)).toBe(2);
    expect(web.asked.findLast(({ line }) => line === CHUNK)?.headers['if-none-match']).toBeDefined();
  });

  it('comes in each coding, quick at first and small later, and small again after a restart', async () => {
    const quick = await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    const small = await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.restart();
    web.cache.replace(sayWho());
    const after = await web.get(CHUNK, { 'Accept-Encoding': 'br' });

    for (const { body } of [quick, small, after])
      expect(brotliDecompressSync(body).toString()).toBe(REPLACED);
    expect(small.headers.etag).not.toBe(quick.headers.etag);
    expect(after.headers.etag).toBe(small.headers.etag);
  });

  it('may be kept for ever under the address that means the changed bytes, and no other', async () => {
    const ofBytes = (body: string): string => addressOfBytes(`${ENTRY}?${HASH}`, hashOf(Buffer.from(body)));
    await web.get(`${ENTRY}?${HASH}`);
    const [changed, original] = [await web.get(ofBytes(REPLACED)), await web.get(ofBytes(SCRIPT))];

    expect(changed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([original.body.toString(), original.headers['cache-control']]).toEqual([REPLACED, 'no-cache']);
    const asked = linesOf(ENTRY);
    await web.get(ofBytes(REPLACED));
    expect(linesOf(ENTRY)).toBe(asked);
  });

  it('is changed anew when Jellyfin has another, and goes out as it is when the text stands there more often', async () => {
    await web.get(CHUNK);
    web.files.set(CHUNK, { body: `// new\n${SCRIPT}` });
    web.later(61_000);
    expect((await web.get(CHUNK)).body.toString()).toBe(`// new\n${REPLACED}`);
    web.files.set(CHUNK, { body: `${SCRIPT}${SCRIPT}` });
    web.later(61_000);
    const { body, headers } = await web.get(CHUNK);

    expect(body.toString()).toBe(`${SCRIPT}${SCRIPT}`);
    expect([headers['cache-control'], headers.vary, headers['last-modified']]).toEqual([
      undefined,
      'Accept-Encoding',
      'Sat, 21 Nov 2026 10:00:00 GMT',
    ]);
  });

  it('is made again when neither memory nor disk has it any more', async () => {
    const small = await openKeptWeb({ memoryBytes: 40_000, diskBytes: 1 });
    small.files.set('/web/index.html', { body: PAGE, etag: '"page-1"' });
    small.files.set(CHUNK, { body: SCRIPT });
    small.files.set(OTHER, { body: 'x'.repeat(39_000) });
    small.cache.replace(sayWho());
    for (let round = 0; round < 3; round += 1) {
      expect((await small.get(CHUNK)).body.toString()).toBe(REPLACED);
      await small.get(OTHER);
    }
    await small.close();
  });
});

it('each file is read and changed once, however many ask, at once or later', async () => {
  const read: string[] = [];
  const kept: string[] = [];
  const bodies = {
    async get({ path }: KeptFile) {
      read.push(path);
      return Buffer.from(SCRIPT);
    },
    async set({ hash }: KeptFile) {
      kept.push(hash);
    },
    recall: async () => undefined,
    rest: () => undefined,
  };
  const file = { path: CHUNK, extension: 'js', etag: '"1"', hash: hashOf(Buffer.from(SCRIPT)), headers: [] };
  const files = createReplacedFiles(bodies, 10, () => undefined);
  files.use(sayWho());
  const all = await Promise.all([files.of(file), files.of(file), files.of({ ...file })]);
  files.use(sayWho());

  expect(new Set([...all, await files.of(file)]).size).toBe(1);
  expect(files.known(file)).toBe(all[0]);
  expect([read, kept]).toEqual([[CHUNK], [hashOf(Buffer.from(REPLACED))]]);
});

describe('a tab that is to be bare', () => {
  it('gets Jellyfin’s own bytes, which browsers do not keep, and the others get theirs before and after', async () => {
    expect((await web.get(CHUNK)).body.toString()).toBe(REPLACED);
    const bare = await web.get(CHUNK, BARE);

    expect(bare.body.toString()).toBe(SCRIPT);
    expect([bare.headers['cache-control'], bare.headers.vary]).toEqual([
      'no-store',
      'Accept-Encoding, Referer',
    ]);
    expect((await web.get(CHUNK)).body.toString()).toBe(REPLACED);
  });

  it('says so with the tag of the changed bytes, too, and gets none of them', async () => {
    const { etag = '' } = (await web.get(CHUNK)).headers;
    const bare = await web.get(CHUNK, { ...BARE, 'If-None-Match': etag });

    expect([bare.status, bare.body.toString()]).toEqual([200, SCRIPT]);
  });

  it('is the first to ask, and the next tab gets the changed bytes', async () => {
    expect((await web.get(CHUNK, BARE)).body.toString()).toBe(SCRIPT);
    expect((await web.get(CHUNK)).body.toString()).toBe(REPLACED);
  });

  it('that is for previews gets what everybody gets', async () => {
    const preview = { Referer: 'http://films.example.org/web/?gatehouse=preview' };
    expect((await web.get(CHUNK, preview)).body.toString()).toBe(REPLACED);
  });
});

describe('other replacements', () => {
  it('show at the next request', async () => {
    const first = await web.get(CHUNK);
    web.cache.replace(sayWho('Please sign in', 'Come in'));
    const second = await web.get(CHUNK, { 'If-None-Match': first.headers.etag ?? '' });
    web.cache.replace([]);
    const third = await web.get(CHUNK, { 'If-None-Match': second.headers.etag ?? '' });

    expect([second.status, second.body.toString()]).toEqual([200, `${FILLING}"Come in";`]);
    expect([third.status, third.body.toString()]).toEqual([200, SCRIPT]);
    expect(third.headers.vary).toBe('Accept-Encoding');
    expect(linesOf(CHUNK)).toBe(1);
  });
});

describe('what is not replaced', () => {
  it('goes out as without any replacement, in every tab', async () => {
    const [normal, bare] = [await web.get(OTHER), await web.get(OTHER, BARE)];
    web.cache.replace([]);
    const without = await web.get(OTHER);

    const plain = ({ headers: { date: _, ...headers }, body }: typeof without) => [headers, body.toString()];
    expect(plain(normal)).toEqual(plain(without));
    expect(plain(bare)).toEqual(plain(without));
  });

  it('are ranges and other odd requests, which Jellyfin answers', async () => {
    expect((await web.get(CHUNK, { Range: 'bytes=0-3' })).status).toBe(418);
    expect((await web.get(CHUNK.replace('session', '%73ession'))).status).toBe(418);
  });

  it('are files of another kind', async () => {
    web.files.set('/web/main.css', { body: 'a{content:"Please sign in"}', etag: '"css"' });
    expect((await web.get('/web/main.css')).body.toString()).toContain('Please sign in');
  });
});
