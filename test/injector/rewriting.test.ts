import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createInjector } from '../../injector/create-injector.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { modList } from '../support/mods/mod-list.ts';
import { listen, shut } from '../support/network/listen.ts';
import { MODS, TEST_MODS_URL } from './rewrite/test-mods.ts';

const PAGE =
  '<!DOCTYPE html><html><head><title>Jellyfin</title><script defer src="main.js"></script></head><body></body></html>';
const CONFIG = '{"multiserver":false,"menuLinks":[],"plugins":["playAccessValidation/plugin"]}';

let page = PAGE;
let pageHeaders: Record<string, string> = {};
const seen: IncomingMessage[] = [];

function answer(request: IncomingMessage, response: ServerResponse): void {
  seen.push(request);
  if (request.url === '/System/Info/Public') return void response.end('{"Version":"10.11.11"}');
  const isPage = request.url === '/web/' || request.url?.startsWith('/web/index.html') === true;
  const body = isPage ? page : CONFIG;
  const etag = `"${body.length}-${isPage}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { ETag: etag }).end();
    return;
  }
  const type = isPage ? 'text/html' : 'application/json';
  response.writeHead(200, {
    'Content-Type': type,
    ETag: etag,
    'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT',
    'Accept-Ranges': 'bytes',
    Server: 'Kestrel',
    ...pageHeaders,
  });
  response.end(body);
}

const upstream = http.createServer(answer);
const log = createKeptLog();
const injector = createInjector({
  mods: modList(MODS),
  modsUrl: TEST_MODS_URL,
  clientFolder: 'dist/client',
  log,
});
let jellyfinUrl = '';
let base = '';

async function configure(enabledMods: Record<string, unknown>): Promise<void> {
  await injector.configure({ jellyfinUrl, trustedProxies: [], enabledMods }, undefined);
}

beforeAll(async () => {
  jellyfinUrl = `http://127.0.0.1:${await listen(upstream)}`;
  await configure({ style: { colour: 'red' }, links: {} });
  base = `http://127.0.0.1:${await listen(injector.server)}`;
});
afterEach(async () => {
  page = PAGE;
  pageHeaders = {};
  await configure({ style: { colour: 'red' }, links: {} });
});
afterAll(async () => {
  await injector.close();
  await shut(injector.server);
  await shut(upstream);
});

/** By node:http, because fetch decodes bodies and adds headers of its own. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
    (resolve, reject) => {
      const request = http.request(base + path, { headers, method }, async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
      request.on('error', reject);
      request.end();
    },
  );
}

describe('a rewritten page', () => {
  it('has the stylesheet, and the rest as it was', async () => {
    const { body, headers } = await get('/web/index.html');
    const text = body.toString();
    const href = /<link rel="stylesheet" href="(\.\.\/gatehouse\/mods\/[\w-]+\.css)">/.exec(text)?.[1] ?? '';
    expect(text.replace(/<link[^>]+>/, '').toLowerCase()).toBe(
      PAGE.replace('defer src', 'defer="" src').toLowerCase(),
    );
    expect(headers['server']).toBe('Kestrel');
    const css = await get(`/web/${href}`.replace('/web/..', ''));
    expect(css.body.toString()).toContain('color:red');
    expect(css.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('comes in br, zstd, gzip and plain, each with its own strong ETag and the same text', async () => {
    const plain = await get('/web/');
    const etags = new Set([plain.headers.etag]);
    for (const [coding, undo] of [
      ['br', brotliDecompressSync],
      ['zstd', zstdDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const coded = await get('/web/', { 'accept-encoding': coding });
      expect(coded.headers['content-encoding']).toBe(coding);
      expect(coded.headers['content-length']).toBe(String(coded.body.length));
      expect(coded.headers.vary).toBe('Accept-Encoding');
      expect(undo(coded.body).equals(plain.body), coding).toBe(true);
      etags.add(coded.headers.etag);
    }
    expect(etags.size).toBe(4);
    for (const etag of etags) expect(etag).toMatch(/^"[\w-]+"$/);
  });

  it('answers 304 to its own ETag of that coding only, and 200 to the one Jellyfin gave before', async () => {
    const first = await get('/web/', { 'accept-encoding': 'gzip' });
    const etag = first.headers.etag ?? '';
    const again = await get('/web/', { 'accept-encoding': 'gzip', 'if-none-match': `"x", W/${etag}` });
    expect(again.status).toBe(304);
    expect(again.body.length).toBe(0);
    expect(again.headers.etag).toBe(etag);
    expect((await get('/web/', { 'accept-encoding': 'br', 'if-none-match': etag })).status).toBe(200);
    expect((await get('/web/', { 'if-none-match': `"${PAGE.length}-true"` })).status).toBe(200);
    expect((await get('/web/', { 'if-modified-since': 'Sun, 22 Nov 2026 10:00:00 GMT' })).status).toBe(200);
    expect((await get('/web/', { 'if-match': '"other"' })).status).toBe(412);
  });

  it('has no validator, range or length of the original', async () => {
    const { headers, status, body } = await get('/web/', { range: 'bytes=0-9' });
    expect(status).toBe(200);
    expect(headers['last-modified']).toBeUndefined();
    expect(headers['accept-ranges']).toBeUndefined();
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers['content-length']).toBe(String(body.length));
  });

  it('answers HEAD as GET without the body', async () => {
    const head = await get('/web/', {}, 'HEAD');
    const whole = await get('/web/');
    expect(head.body.length).toBe(0);
    expect(head.headers['content-length']).toBe(whole.headers['content-length']);
    expect(head.headers.etag).toBe(whole.headers.etag);
  });

  it('shows a Jellyfin update and a changed config at the next load', async () => {
    const before = await get('/web/');
    page = PAGE.replace('main.js', 'main-of-the-next-version.js');
    const updated = await get('/web/', {
      'if-none-match': before.headers.etag ?? '',
      // As a reload says; other loads may be a second late.
      'cache-control': 'max-age=0',
    });
    expect(updated.status).toBe(200);
    expect(updated.body.toString()).toContain('main-of-the-next-version.js');
    await configure({ style: { colour: 'blue' } });
    const changed = await get('/web/', { 'if-none-match': updated.headers.etag ?? '' });
    expect(changed.status).toBe(200);
    expect(changed.body.equals(updated.body)).toBe(false);
  });

  it('asks Jellyfin whether it is still right instead of fetching it again', async () => {
    await get('/web/');
    seen.length = 0;
    await get('/web/', { 'cache-control': 'no-cache' });
    expect(
      seen.filter((request) => request.url === '/web/').map((request) => request.headers['if-none-match']),
    ).toEqual([`"${PAGE.length}-true"`]);
  });

  it('is served without a mod that throws, which is named once', async () => {
    log.lines.length = 0;
    await configure({ style: { colour: 'red' }, broken: {} });
    for (let round = 0; round < 3; round += 1) {
      const text = (await get('/web/')).body.toString();
      expect(text).toContain('<title>Jellyfin</title>');
      expect(text).toContain('rel="stylesheet"');
    }
    expect(log.lines.filter((line) => line['event'] === 'mod-left-out')).toEqual([
      {
        level: 'error',
        event: 'mod-left-out',
        mod: 'broken',
        hook: 'html',
        error: 'Error: broken on purpose',
      },
    ]);
  });

  it('is left alone when its bytes are not UTF-8', async () => {
    pageHeaders = { 'Content-Type': 'text/html; charset=iso-8859-1' };
    page = PAGE.replace('</body>', ' ISO </body>');
    expect((await get('/web/')).body.toString()).toBe(page);
  });
});

it('config.json holds for the few seconds of a load, in which the client asks for it four times', async () => {
  expect((await get('/web/config.json')).headers['cache-control']).toBe('private, max-age=5');
});

it('adds to config.json what the mods say and keeps the rest', async () => {
  const { body, headers } = await get('/web/config.json');
  expect(JSON.parse(body.toString())).toEqual({ ...JSON.parse(CONFIG), menuLinks: [{ name: 'a' }] });
  expect(headers['content-type']).toBe('application/json');
});

it('passes both through untouched when no mod changes them', async () => {
  await configure({});
  const { body, headers } = await get('/web/');
  expect(body.toString()).toBe(PAGE);
  expect(headers.etag).toBe(`"${PAGE.length}-true"`);
  expect((await get('/web/config.json')).body.toString()).toBe(CONFIG);
});
