import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exchangeRaw, type RawAnswer } from '../recordings/raw-exchange.ts';
import { createFakeJellyfin, type FakeJellyfin } from './fake-jellyfin.ts';

const TEXT = '<!doctype html><title>Jellyfin</title>'.repeat(20);

const FILES: Readonly<Record<string, Buffer>> = {
  'index.html': Buffer.from(TEXT),
  'main.jellyfin.bundle.js': Buffer.from('run();'),
  'unknown.xyz': Buffer.from('?'),
};

let fake: FakeJellyfin;

beforeEach(async () => {
  const modified = new Date('2026-11-22T01:30:07.500Z');
  fake = await createFakeJellyfin({
    version: '10.11.11',
    webFiles: { read: (path) => FILES[path] && { bytes: FILES[path], modified } },
  });
});

afterEach(() => fake.close());

async function get(path: string, headers: readonly string[] = [], method = 'GET'): Promise<RawAnswer> {
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: jellyfin.example', ...headers, '', ''];
  return exchangeRaw(fake.port, Buffer.from(lines.join('\r\n')), method === 'HEAD');
}

function value(answer: RawAnswer, name: string): string | undefined {
  return answer.headers.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
}

describe('a file of the web client', () => {
  test('has a strong tag, a date in whole seconds and its length', async () => {
    const answer = await get('/web/index.html');
    expect(value(answer, 'ETag')).toMatch(/^"[0-9a-f]{15}"$/);
    expect(value(answer, 'Last-Modified')).toBe('Sun, 22 Nov 2026 01:30:07 GMT');
    expect(value(answer, 'Content-Length')).toBe(String(TEXT.length));
  });

  test.each([
    ['If-None-Match', (etag: string) => etag, 304],
    ['If-None-Match', (etag: string) => `"other", ${etag}`, 304],
    ['If-None-Match', (etag: string) => `W/${etag}`, 200],
    ['If-Modified-Since', () => 'Sun, 22 Nov 2026 01:30:07 GMT', 304],
    ['If-Modified-Since', () => 'Sun, 22 Nov 2026 01:30:06 GMT', 200],
    ['If-Match', () => '"other"', 412],
    ['If-Unmodified-Since', () => 'Sun, 22 Nov 2026 01:30:06 GMT', 412],
  ] as const)('asked with %s answers by the rule (%#)', async (name, make, status) => {
    const etag = value(await get('/web/index.html'), 'ETag') ?? '';
    const answer = await get('/web/index.html', [`${name}: ${make(etag)}`]);
    expect(answer.status).toBe(status);
    expect(answer.body.length > 0).toBe(status === 200);
  });

  test.each([
    ['bytes=0-9', 206, TEXT.slice(0, 10)],
    ['bytes=-5', 206, TEXT.slice(-5)],
    [`bytes=${TEXT.length - 3}-`, 206, TEXT.slice(-3)],
    ['bytes=99999-', 416, ''],
    ['bytes=0-1,4-5', 200, TEXT],
    ['lines=0-1', 200, TEXT],
  ])('asked for %s answers %d', async (range, status, body) => {
    const answer = await get('/web/index.html', [`Range: ${range}`, 'Accept-Encoding: gzip']);
    expect(answer.status).toBe(status);
    const bytes = value(answer, 'Content-Encoding') === 'gzip' ? gunzipSync(answer.body) : answer.body;
    expect(bytes.toString()).toBe(body);
  });

  test('keeps its tag when it is compressed, br before gzip', async () => {
    const plain = await get('/web/index.html');
    const both = await get('/web/index.html', ['Accept-Encoding: gzip, br']);
    expect(value(both, 'Content-Encoding')).toBe('br');
    expect(value(both, 'ETag')).toBe(value(plain, 'ETag'));
    expect(brotliDecompressSync(both.body).toString()).toBe(TEXT);
    const weighed = await get('/web/index.html', ['Accept-Encoding: br;q=0.5, gzip']);
    expect(value(weighed, 'Content-Encoding')).toBe('gzip');
    const none = await get('/web/index.html', ['Accept-Encoding: zstd']);
    expect([value(none, 'Content-Encoding'), value(none, 'Vary')]).toEqual([undefined, 'Accept-Encoding']);
  });

  test('tells all but the bytes to HEAD', async () => {
    const head = await get('/web/index.html', [], 'HEAD');
    const names = (answer: RawAnswer): string[] => answer.headers.map((line) => line.split(':')[0] ?? '');
    expect(names(head)).toEqual(names(await get('/web/index.html')));
  });

  test.each([
    ['/WEB/index.html', 200],
    ['/web//index.html', 200],
    ['/web/%69ndex.html', 200],
    ['/web/x/../index.html', 200],
    ['/emby/web/index.html', 200],
    ['/web/INDEX.html', 404],
    ['//web/index.html', 404],
    ['/web/unknown.xyz', 404],
    ['/web/%2e%2e/web/index.html', 200],
    ['/web/..%2findex.html', 404],
  ])('at %s answers %d', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test('asks for revalidation only if it is named index.html', async () => {
    expect(value(await get('/web/'), 'Cache-Control')).toBe('no-cache');
    expect(value(await get('/web/main.jellyfin.bundle.js'), 'Cache-Control')).toBeUndefined();
  });
});
