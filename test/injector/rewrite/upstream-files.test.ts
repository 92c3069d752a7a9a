import http from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createUpstreamFiles,
  FRESH_MS,
  type UpstreamFiles,
} from '../../../injector/rewrite/upstream-files.ts';
import { createUpstream, type Upstream } from '../../../injector/upstream/upstream.ts';
import { listen, shut } from '../../support/network/listen.ts';

let body = 'first';
let headers: Record<string, string> = {};
const seen: (string | undefined)[] = [];
const server = http.createServer((request, response) => {
  seen.push(request.headers['if-none-match']);
  const etag = `"${body}"`;
  const isSame = request.headers['if-none-match'] === etag;
  response.writeHead(isSame ? 304 : 200, { ETag: etag, 'Content-Type': 'text/html', ...headers });
  response.end(isSame ? undefined : body);
});

let upstream: Upstream;
let nowMs = 0;
let upstreamFiles: UpstreamFiles;
beforeAll(async () => {
  upstream = createUpstream(`http://127.0.0.1:${await listen(server)}`);
});
beforeEach(() => {
  body = 'first';
  headers = {};
  seen.length = 0;
  upstreamFiles = createUpstreamFiles(upstream, () => nowMs);
});
afterAll(async () => {
  upstream.client.close();
  await shut(server);
});

describe('a kept file', () => {
  it('is fresh for a second, then has to be confirmed', async () => {
    const original = await upstreamFiles.get('/web/', {});
    nowMs += FRESH_MS - 1;
    expect(upstreamFiles.peek('/web/', {})).toBe(original);
    nowMs += 1;
    expect(upstreamFiles.peek('/web/', {})).toBeUndefined();
    expect(await upstreamFiles.get('/web/', {})).toBe(original);
    expect(upstreamFiles.peek('/web/', {})).toBe(original);
    expect(seen).toEqual([undefined, '"first"']);
  });

  it('is another object when its bytes, or headers that a 304 brings, are others', async () => {
    const original = await upstreamFiles.get('/web/', {});
    headers = { 'X-Frame-Options': 'DENY' };
    const renewed = await upstreamFiles.get('/web/', {});
    expect(renewed?.key).toBe(original?.key);
    expect(renewed?.headers).toEqual(['Content-Type', 'text/html', 'X-Frame-Options', 'DENY']);
    body = 'second';
    expect((await upstreamFiles.get('/web/', {}))?.bytes.toString()).toBe('second');
    expect(seen).toEqual([undefined, '"first"', '"first"']);
  });

  it('is kept for each origin by itself', async () => {
    await upstreamFiles.get('/web/', { origin: 'https://a.example' });
    expect(upstreamFiles.peek('/web/', { origin: 'https://b.example' })).toBeUndefined();
    expect(upstreamFiles.peek('/web/', {})).toBeUndefined();
  });

  it('stays while it is asked for, however many others are asked for once', async () => {
    for (let round = 0; round < 100; round += 1) {
      await upstreamFiles.get('/web/', {});
      await upstreamFiles.get(`/web/${'./'.repeat(round)}`, {});
    }
    expect(upstreamFiles.peek('/web/', {})).toBeDefined();
    expect(upstreamFiles.peek('/web/./', {})).toBeUndefined();
  });
});
