import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../../../injector/http/representation.ts';
import { addressOfBytes } from '../../../injector/static/keep-rules.ts';
import { type KeptWeb, openKeptWeb } from '../../support/jellyfin/kept-web.ts';

const HASH = '0123456789abcdef0123';
const SCRIPT = Array.from({ length: 300 }, (_, n) => `export const answer${n} = ${(n * n) % 97};`).join('\n');
const CHUNK = `/web/session-login.${HASH}.chunk.js`;
const ENTRY = '/web/main.jellyfin.bundle.js';
const PAGE = `<html><script defer src="main.jellyfin.bundle.js?${HASH}"></script></html>`;

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set('/web/index.html', { body: PAGE, etag: '"page-1"' });
  web.files.set(CHUNK, { body: SCRIPT });
  web.files.set(ENTRY, { body: SCRIPT, etag: '"entry-1"' });
});
afterEach(() => web.close());

describe('a file with a hash of Jellyfin’s in its address', () => {
  it('shows its new bytes within a minute when it changes and the page does not', async () => {
    await web.get(CHUNK, { 'Accept-Encoding': 'br' });
    await web.cache.idle();
    web.files.set(CHUNK, { body: 'as a plugin has changed it' });
    web.later(59_000);
    expect(brotliDecompressSync((await web.get(CHUNK, { 'Accept-Encoding': 'br' })).body).toString()).toBe(
      SCRIPT,
    );
    web.later(2_000);

    expect((await web.get(CHUNK, { 'Accept-Encoding': 'br' })).body.toString()).toBe(
      'as a plugin has changed it',
    );
  });

  it('is confirmed by one small answer a minute while it is asked for, and not while it is not', async () => {
    for (let second = 0; second < 180; second += 5) {
      await web.get(CHUNK);
      web.later(5_000);
    }
    web.later(3_600_000);
    const questions = web.asked.filter(({ line }) => line === CHUNK);

    expect(questions.length).toBe(3);
    expect(questions.slice(1).every(({ headers }) => headers['if-none-match'] !== undefined)).toBe(true);
  });

  it.each([
    { 'Cache-Control': 'no-cache', Pragma: 'no-cache' },
    { 'Cache-Control': 'max-age=0' },
    { Pragma: 'no-cache' },
  ])('shows its new bytes at a reload that asks for them: %j', async (reload) => {
    await web.get(CHUNK);
    web.files.set(CHUNK, { body: 'new' });
    expect((await web.get(CHUNK)).body.toString()).toBe(SCRIPT);

    expect((await web.get(CHUNK, reload as Record<string, string>)).body.toString()).toBe('new');
    expect((await web.get(CHUNK)).body.toString()).toBe('new');
  });

  it('goes out as it was last when Jellyfin takes long to confirm it', async () => {
    await web.get(CHUNK);
    web.files.set(CHUNK, { body: '', answer: () => undefined });
    web.later(61_000);

    expect((await web.get(CHUNK)).body.toString()).toBe(SCRIPT);
  });

  it('has the freshness that Jellyfin gives it', async () => {
    web.files.set(CHUNK, { body: SCRIPT, headers: { 'Cache-Control': 'public, max-age=600' } });

    expect((await web.get(CHUNK)).headers['cache-control']).toBe('public, max-age=600');
  });
});

describe('an address with our own hash of the bytes', () => {
  const FOR_EVER = 'public, max-age=31536000, immutable';
  const ofBytes = (body: string): string => addressOfBytes(`${ENTRY}?${HASH}`, hashOf(Buffer.from(body)));

  it('may be kept for ever, in every coding, and is asked for without it', async () => {
    for (const coding of ['identity', 'br']) {
      const { headers } = await web.get(ofBytes(SCRIPT), { 'Accept-Encoding': coding });
      expect(headers['cache-control']).toBe(FOR_EVER);
    }
    expect(web.asked.map(({ line }) => line)).toEqual(['/web/index.html', ENTRY]);
  });

  it('is never for ever with other bytes than those: they are asked for anew, and then each time', async () => {
    await web.get(ofBytes(SCRIPT));
    web.files.set(ENTRY, { body: 'new', etag: '"entry-2"' });
    const early = await web.get(ofBytes('new'));
    const late = await web.get(ofBytes(SCRIPT));
    const madeUp = await web.get(`${ENTRY}?gh-${'x'.repeat(22)}`);

    expect(
      [early, late, madeUp].map(({ body, headers }) => [body.toString(), headers['cache-control']]),
    ).toEqual([
      ['new', FOR_EVER],
      ['new', 'no-cache'],
      ['new', 'no-cache'],
    ]);
  });

  it('says so once, whatever Jellyfin says of freshness', async () => {
    web.files.set(ENTRY, { body: SCRIPT, headers: { 'Cache-Control': 'public, max-age=600' } });

    expect((await web.get(ofBytes(SCRIPT))).headers['cache-control']).toBe(FOR_EVER);
  });
});
