import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const HASH = '0123456789abcdef0123';
const OTHER = 'fedcba98765432100123';
const SCRIPT = Array.from({ length: 300 }, (_, n) => `export const answer${n} = ${(n * n) % 97};`).join('\n');
const CHUNK = `/web/session-login.${HASH}.chunk.js`;
const ENTRY = '/web/main.jellyfin.bundle.js';

const pageOf = (build: string): string =>
  `<html><script defer src="main.jellyfin.bundle.js?${build}"></script></html>`;

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set('/web/index.html', { body: pageOf(HASH), etag: '"page-1"' });
  web.files.set(CHUNK, { body: SCRIPT });
  web.files.set(ENTRY, { body: SCRIPT, etag: '"entry-1"' });
  web.files.set('/web/session-login.css', { body: 'a{b:c}'.repeat(60), etag: '"css-1"' });
});
afterEach(() => web.close());

const linesOf = (path: string): number => web.asked.filter(({ line }) => line.split('?')[0] === path).length;

describe('a file with a hash in its address', () => {
  it.each([CHUNK, `${ENTRY}?${HASH}`])(
    '%s is asked for once, and browsers are told what Jellyfin says of freshness',
    async (path) => {
      const first = await web.get(path);
      const second = await web.get(path);

      expect(first.status).toBe(200);
      // Its hash is Jellyfin's, and of what was built: a plugin may change what is behind it.
      expect(first.headers['cache-control']).toBeUndefined();
      expect(first.headers.vary).toBe('Accept-Encoding');
      expect(first.headers['content-type']).toBe('text/javascript');
      expect(first.headers['content-length']).toBe(String(SCRIPT.length));
      expect(first.headers['last-modified']).toBe('Sat, 21 Nov 2026 10:00:00 GMT');
      expect(first.body.toString()).toBe(SCRIPT);
      expect(second.body.toString()).toBe(SCRIPT);
      expect(linesOf(path.split('?')[0] ?? '')).toBe(1);
    },
  );

  it('is asked for once by many at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => web.get(CHUNK)));

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(linesOf(CHUNK)).toBe(1);
  });

  it('shows its new bytes at the first load after the page has changed', async () => {
    expect((await web.get(`${ENTRY}?${HASH}`)).body.toString()).toBe(SCRIPT);
    web.files.set(ENTRY, { body: 'new', etag: '"entry-2"' });
    web.files.set('/web/index.html', { body: pageOf(OTHER), etag: '"page-2"' });
    web.cache.pageWentBy();

    expect((await web.get(`${ENTRY}?${OTHER}`)).body.toString()).toBe('new');
    // Whoever still has the old page gets what Jellyfin says, and nobody may keep that for ever.
    expect((await web.get(`${ENTRY}?${HASH}`)).status).toBe(418);
  });

  it('is asked for once whatever builds strangers make up, and those are left to Jellyfin', async () => {
    await web.get(`${ENTRY}?${HASH}`);
    for (let n = 0; n < 10; n += 1) {
      const made = `${ENTRY}?${String(n).padStart(20, 'a')}`;
      expect((await web.get(made)).status).toBe(418);
      expect((await web.get(`${CHUNK}?${String(n).padStart(20, 'a')}`)).status).toBe(418);
    }
    await web.get(`${ENTRY}?${HASH}`);

    expect(linesOf(ENTRY)).toBe(1);
    expect(linesOf(CHUNK)).toBe(0);
  });

  it('is not believed for a new build just because somebody asked for that build before the update', async () => {
    expect((await web.get(`${ENTRY}?${OTHER}`)).status).toBe(418);
    web.files.set(ENTRY, { body: 'new', etag: '"entry-2"' });
    web.files.set('/web/index.html', { body: pageOf(OTHER), etag: '"page-2"' });
    web.cache.pageWentBy();

    expect((await web.get(`${ENTRY}?${OTHER}`)).body.toString()).toBe('new');
  });

  it('is checked once after the page has changed, and not sent again when it is the same', async () => {
    await web.get(CHUNK);
    web.files.set('/web/index.html', { body: '<html>2</html>', etag: '"page-2"' });
    web.cache.pageWentBy();
    await web.get(CHUNK);
    await web.get(CHUNK);

    expect(linesOf(CHUNK)).toBe(2);
    expect(web.asked.findLast(({ line }) => line === CHUNK)?.headers['if-none-match']).toBeDefined();
  });

  it('is left to Jellyfin while Jellyfin does not say which page is in force', async () => {
    web.files.set('/web/index.html', { body: 'starting', status: 503 });

    expect((await web.get(CHUNK)).status).toBe(418);
  });
});

describe('a file without one', () => {
  it('is as fresh in browsers as Jellyfin says, and asked from Jellyfin at most once a second', async () => {
    const first = await web.get('/web/session-login.css');
    await web.get('/web/session-login.css');
    expect(first.headers['cache-control']).toBeUndefined();
    expect(first.headers['last-modified']).toBe('Sat, 21 Nov 2026 10:00:00 GMT');
    expect(linesOf('/web/session-login.css')).toBe(1);

    web.files.set('/web/session-login.css', { body: 'new{}', etag: '"css-2"' });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await web.get('/web/session-login.css')).body.toString()).toBe('new{}');
  });
});

describe('codings', () => {
  const decoders = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync } as const;

  it.each(['br', 'gzip', 'zstd'] as const)(
    '%s is quick at first and small later, each with its own tag',
    async (coding) => {
      const quick = await web.get(CHUNK, { 'Accept-Encoding': coding });
      await web.cache.idle();
      const small = await web.get(CHUNK, { 'Accept-Encoding': coding });

      expect([quick, small].map(({ headers }) => headers['content-encoding'])).toEqual([coding, coding]);
      expect(decoders[coding](quick.body).toString()).toBe(SCRIPT);
      expect(decoders[coding](small.body).toString()).toBe(SCRIPT);
      expect(small.headers.etag).not.toBe(quick.headers.etag);
      expect(small.body.length).toBeLessThanOrEqual(quick.body.length);
    },
  );

  it('fonts go out as they are', async () => {
    web.files.set(`/web/${HASH}.woff2`, { body: Buffer.alloc(5_000, 7) });
    const { headers, body } = await web.get(`/web/${HASH}.woff2`, { 'Accept-Encoding': 'br, gzip' });

    expect(headers['content-encoding']).toBeUndefined();
    expect(body.length).toBe(5_000);
  });

  it('tags differ by coding, and a tag is answered 304 without body', async () => {
    const plain = await web.get(CHUNK);
    await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    const br = await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    const again = await web.get(CHUNK, { 'Accept-Encoding': 'br', 'If-None-Match': br.headers.etag ?? '' });
    const other = await web.get(CHUNK, {
      'Accept-Encoding': 'br',
      'If-None-Match': plain.headers.etag ?? '',
    });

    expect(plain.headers.etag).not.toBe(br.headers.etag);
    expect([again.status, again.body.length, again.headers['last-modified']]).toEqual([
      304,
      0,
      'Sat, 21 Nov 2026 10:00:00 GMT',
    ]);
    expect(other.status).toBe(200);
  });

  it('the quickly made bytes are the same file: who has them gets no others', async () => {
    const quick = await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    const asked = { 'Accept-Encoding': 'br', 'If-None-Match': quick.headers.etag ?? '' };

    expect((await web.get(CHUNK, { 'Accept-Encoding': 'br' })).headers.etag).not.toBe(quick.headers.etag);
    const again = await web.get(CHUNK, asked);
    expect([again.status, again.headers.etag]).toEqual([304, quick.headers.etag]);
  });

  it.each([(tag: string) => `"other", ${tag}`, (tag: string) => `W/${tag}`, () => '*'])(
    'a tag in a list, a weak one and any at all are answered 304: %s',
    async (listOf) => {
      const { etag } = (await web.get(CHUNK)).headers;
      expect((await web.get(CHUNK, { 'If-None-Match': listOf(etag ?? '') })).status).toBe(304);
      expect((await web.get(CHUNK, { 'If-None-Match': listOf('"other"').replace('*', '"*"') })).status).toBe(
        200,
      );
    },
  );
});

it('HEAD is GET without body', async () => {
  const head = await web.get(CHUNK, {}, 'HEAD');
  const get = await web.get(CHUNK);
  const { date: _one, ...headOf } = head.headers;
  const { date: _two, ...getOf } = get.headers;

  expect(headOf).toEqual(getOf);
  expect([head.body.length, get.body.length]).toEqual([0, SCRIPT.length]);
});

it('works below a base URL', async () => {
  const below = await openKeptWeb({ basePath: '/jellyfin' });
  below.files.set(CHUNK, { body: SCRIPT });

  expect((await below.get(`/jellyfin${CHUNK}`)).body.toString()).toBe(SCRIPT);
  expect((await below.get(CHUNK)).status).toBe(418);
  await below.close();
});

describe('after a restart', () => {
  it('a file is there again after one question that brings no body, in the small coding', async () => {
    await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    const before = await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.restart();
    const after = await web.get(CHUNK, { 'Accept-Encoding': 'br' });

    expect(after.headers.etag).toBe(before.headers.etag);
    expect(after.body.equals(before.body)).toBe(true);
    expect(web.asked.findLast(({ line }) => line === CHUNK)?.headers['if-none-match']).toBeDefined();
  });

  it('a file that changed meanwhile is the new one in every coding', async () => {
    await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    web.files.set(CHUNK, { body: `${SCRIPT}changed` });
    await web.restart();

    for (const coding of ['br', 'identity']) {
      const { body, headers } = await web.get(CHUNK, { 'Accept-Encoding': coding });
      const plain = headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body;
      expect(plain.toString()).toBe(`${SCRIPT}changed`);
    }
  });
});
