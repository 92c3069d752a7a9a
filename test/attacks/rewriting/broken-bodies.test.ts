import { once } from 'node:events';
import type { Transform } from 'node:stream';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growthWhile } from '../../support/measure/cpu-growth.ts';
import { openRewritingStage, PAGE, type RewritingStage, sendPage } from './stage.ts';

const MEGABYTE = 1024 * 1024;

/** 600 MB of zeros in a coding, made piece by piece. */
async function makeBomb(coder: Transform): Promise<Buffer> {
  const chunks: Buffer[] = [];
  coder.on('data', (chunk: Buffer) => chunks.push(chunk));
  const piece = Buffer.alloc(10 * MEGABYTE);
  for (let round = 0; round < 60; round += 1) if (!coder.write(piece)) await once(coder, 'drain');
  coder.end();
  await once(coder, 'end');
  return Buffer.concat(chunks);
}

let stage: RewritingStage;
beforeAll(async () => {
  stage = await openRewritingStage();
});
afterAll(() => stage.close());

describe('decompression bombs on a rewritten route', () => {
  const bombs = new Map<string, Buffer>();
  beforeAll(async () => {
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } };
    bombs.set('gzip', await makeBomb(createGzip({ level: 1 })));
    bombs.set('br', await makeBomb(createBrotliCompress(quick)));
    bombs.set('zstd', await makeBomb(createZstdCompress()));
    bombs.set('gzip, br', brotliCompressSync(bombs.get('gzip') ?? '', quick));
  });

  it.each(['gzip', 'br', 'zstd', 'gzip, br'])(
    'B49: 600 MB of zeros in %s pass as they are, in 64 MB',
    async (coding) => {
      const bomb = bombs.get(coding) ?? Buffer.alloc(0);
      stage.answerAs((_request, response) => sendPage(response, bomb, { 'Content-Encoding': coding }));
      const started = performance.now();
      const grown = await growthWhile(async () => {
        const { status, body, headers } = await stage.get('/web/', { 'cache-control': 'no-cache' });
        expect([status, headers['content-encoding']]).toEqual([200, coding]);
        expect(body.equals(bomb)).toBe(true);
      });
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(grown).toBeLessThan(64);
    },
  );
});

describe('broken bodies are never served as whole', () => {
  it.each([
    ['gzip', gzipSync(PAGE).fill(0, 20, 40)],
    ['gzip', gzipSync(PAGE).subarray(0, 60)],
    ['gzip', Buffer.from(PAGE)],
    ['br', brotliCompressSync(PAGE).subarray(0, 40)],
    ['zstd', zstdCompressSync(PAGE).subarray(0, 40)],
    ['deflate', Buffer.from(PAGE)],
  ])('B50: %s that cannot be read is 502', async (coding, bytes) => {
    stage.answerAs((_request, response) => sendPage(response, bytes, { 'Content-Encoding': coding }));
    const { status, headers } = await stage.get('/web/', { 'cache-control': 'no-cache' });
    expect([status, headers['cache-control']]).toEqual([502, 'no-store']);
    // And nothing of it is kept.
    stage.answerAs((_request, response) => sendPage(response, PAGE));
    expect((await stage.get('/web/')).status).toBe(200);
  });

  it.each([
    // Spellings of which none has ever come whole: else the last good page would go out in its place.
    ['shorter than its Content-Length', '/web/./', { 'Content-Length': '5000' }],
    ['cut in the middle of its chunks', '/web/././', { 'Transfer-Encoding': 'chunked' }],
  ])('B50: a page %s is broken off, or refused', async (_what, path, headers) => {
    stage.answerAs((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html', ...(headers as Record<string, string>) });
      response.write(PAGE);
      setTimeout(() => response.destroy(), 20);
    });
    const outcome = await stage.get(path, { 'cache-control': 'no-cache' }).then(
      ({ status }) => status,
      () => 'broken off',
    );
    expect(['broken off', 502]).toContain(outcome);
  });
});
