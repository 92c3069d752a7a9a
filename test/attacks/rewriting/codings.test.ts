import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  zstdCompressSync,
  zstdDecompressSync,
} from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage, withoutStyle } from './stage.ts';

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterAll(() => stage.close());

const undo: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
};

describe('content codings of what is rewritten', () => {
  it.each([
    ['gzip', gzipSync(PAGE)],
    ['x-gzip', gzipSync(PAGE)],
    ['GZIP', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['zstd', zstdCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['deflate', deflateRawSync(PAGE)],
    ['gzip, br', brotliCompressSync(gzipSync(PAGE))],
    ['identity, gzip', gzipSync(PAGE)],
  ])('B48: a page that comes as %s is rewritten', async (coding, bytes) => {
    stage.answerAs((_request, response) => sendPage(response, bytes, { 'Content-Encoding': coding }));
    const { status, body, headers } = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect([status, headers['content-encoding']]).toEqual([200, undefined]);
    expect(withoutStyle(body)).toBe(PAGE);
    expect(body.toString()).toContain('rel="stylesheet"');
  });

  it.each(['rot13', 'compress', 'gzip, gzip, gzip, gzip'])(
    'B48: one that comes as %s is passed untouched',
    async (coding) => {
      const bytes = Buffer.from(PAGE).reverse();
      stage.answerAs((_request, response) => sendPage(response, bytes, { 'Content-Encoding': coding }));
      const { status, body, headers } = await stage.get('/web/', { 'cache-control': 'no-cache' });
      expect([status, headers['content-encoding']]).toEqual([200, coding]);
      expect(body.equals(bytes)).toBe(true);
    },
  );

  it('B48: Jellyfin is asked for plain bytes, whatever the client takes', async () => {
    stage.answerAs((_request, response) => sendPage(response, PAGE));
    stage.seen.length = 0;
    await stage.get('/web/', { 'accept-encoding': 'br, zstd', 'cache-control': 'no-cache' });
    expect(stage.seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity']);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.2', 'gzip'],
    ['zstd', 'zstd'],
    ['x-gzip', 'gzip'],
    ['*', 'br'],
    ['br;q=0, *', 'zstd'],
    ['identity;q=0, *', 'br'],
    ['identity;q=0, gzip;q=0.1', 'gzip'],
    ['identity;q=0', 'identity'],
    ['*;q=0', 'identity'],
    ['deflate', 'identity'],
    ['identity', 'identity'],
    ['', 'identity'],
  ])('B48: a client that takes "%s" gets %s, with Vary', async (accepted, coding) => {
    stage.answerAs((_request, response) => sendPage(response, PAGE, { Vary: 'Origin' }));
    const { body, headers } = await stage.get('/web/', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(headers.vary).toMatch(/(^|, )Accept-Encoding$/);
    expect(withoutStyle(undo[coding]?.(body) ?? body)).toBe(PAGE);
  });

  it('B48: what Jellyfin says its answer varies by stays said', async () => {
    stage.answerAs((_request, response) => sendPage(response, PAGE, { Vary: 'Origin', ETag: '"vary"' }));
    const { headers } = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect(headers.vary).toBe('Origin, Accept-Encoding');
  });
});
