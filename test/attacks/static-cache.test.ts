import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeptWeb, openKeptWeb, type ScriptedFile } from '../support/jellyfin/kept-web.ts';
import { sendRaw, statusOf } from '../support/network/raw-http.ts';

const HASH = '0123456789abcdef0123';
const CHUNK = `/web/a.${HASH}.chunk.js`;
const SCRIPT = 'console.log("the real one");'.repeat(20);

let web: KeptWeb;
beforeEach(async () => {
  web = await openKeptWeb();
  web.files.set(CHUNK, { body: SCRIPT });
});
afterEach(() => web.close());

const asked = (): number => web.asked.filter(({ line }) => !line.startsWith('/web/index.html')).length;

describe('only the spelling that browsers use is answered; all others are passed through', () => {
  it.each([
    `/WEB/a.${HASH}.chunk.js`,
    `/Web/a.${HASH}.chunk.js`,
    `//web/a.${HASH}.chunk.js`,
    `/web//a.${HASH}.chunk.js`,
    `/web/./a.${HASH}.chunk.js`,
    `/web/../web/a.${HASH}.chunk.js`,
    `/web/%2e/a.${HASH}.chunk.js`,
    `/web/%2e%2e/web/a.${HASH}.chunk.js`,
    `/web/x/%2E%2E/a.${HASH}.chunk.js`,
    `/web%2fa.${HASH}.chunk.js`,
    `/web/%61.${HASH}.chunk.js`,
    `/web/a.${HASH}.chunk%2ejs`,
    `/web/a.${HASH}.chunk.js/`,
    `/web/a.${HASH}.chunk.js;y`,
    `/web/a.${HASH}.chunk.js%00`,
    `/web/a.${HASH}.chunk.js%20`,
    `/web/a.${HASH}.chunk.js?x=1`,
    `/web/a.${HASH}.chunk.js?`,
    `/web/a.${HASH}.chunk.js?${HASH}&x=1`,
    `/web/a.${HASH}.chunk.js?${HASH.toUpperCase()}`,
    `/web/a.${HASH}.chunk.js\\`,
    `/web/a.${HASH}.chunk.js?gh-${'x'.repeat(21)}`,
    `/web/a.${HASH}.chunk.js?gh-${'x'.repeat(22)}&x=1`,
    `/web/a.${HASH}.chunk.js?gh-${'x'.repeat(21)}%41`,
    `/web/a.${HASH}.chunk.js?GH-${'x'.repeat(22)}`,
    `/emby/web/a.${HASH}.chunk.js`,
    `/jellyfin/web/a.${HASH}.chunk.js`,
  ])('%s', async (path) => {
    const raw = await sendRaw(web.port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);

    expect([418, 400]).toContain(statusOf(raw));
    expect(asked()).toBe(0);
  });
});

describe('what is no file of the web client is passed through', () => {
  it.each([
    '/web/',
    '/web/index.html',
    '/web/config.json',
    `/web/config.json?${HASH}`,
    '/web/serviceworker.js',
    `/web/serviceworker.js?gh-${'x'.repeat(22)}`,
    `/web/config.json?gh-${'x'.repeat(22)}`,
    '/web/ConfigurationPages',
    '/web/configurationpages?enableInMainMenu=true',
    '/web/ConfigurationPage?name=x.js',
    '/web/ConfigurationPage;x.css',
    '/web/ConfigurationPage/x.css;y',
    '/Users/Me/x.css',
    '/System/Info/Public/a.js',
    '/Videos/1/stream.js',
    '/web/film.mp4',
    '/web/x.html',
  ])('%s', async (path) => {
    web.files.set(path.split('?')[0] ?? '', { body: 'secret' });

    expect((await web.get(path)).status).toBe(418);
    expect(asked()).toBe(0);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('%s', async (method) => {
    expect((await web.get(CHUNK, {}, method)).status).toBe(418);
  });
});

describe('a request that wants something special is passed through', () => {
  it.each([
    ['Range', 'bytes=0-3'],
    ['If-Range', '"x"'],
    ['If-Match', '"x"'],
    ['If-Unmodified-Since', 'Sat, 21 Nov 2026 10:00:00 GMT'],
    ['Authorization', 'MediaBrowser Token="x"'],
    ['X-Emby-Authorization', 'MediaBrowser Token="x"'],
    ['X-Emby-Token', 'x'],
    ['X-MediaBrowser-Token', 'x'],
    ['Origin', 'https://evil.example'],
    ['Origin', 'null'],
    ['Content-Length', '0'],
  ])('%s: %s', async (name, value) => {
    await web.get(CHUNK);
    expect((await web.get(CHUNK, { [name]: value })).status).toBe(418);
  });
});

describe('an answer that is not a whole file for everybody is never kept', () => {
  const whole = {
    'Content-Type': 'text/javascript',
    ETag: '"x"',
    'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT',
  };
  const broken: Record<string, Omit<ScriptedFile, 'body'> & { body?: string }> = {
    'an error page with 200': { headers: { 'Content-Type': 'text/html' } },
    'JSON in a script’s place': { headers: { 'Content-Type': 'application/json' } },
    'a cookie': { headers: { 'Set-Cookie': 'a=b' } },
    'Cache-Control: private': { headers: { 'Cache-Control': 'private, max-age=60' } },
    'Cache-Control: no-store': { headers: { 'Cache-Control': 'no-store' } },
    'Vary: Cookie': { headers: { Vary: 'Accept-Encoding, Cookie' } },
    'Vary: *': { headers: { Vary: '*' } },
    'a weak tag': { headers: { ETag: 'W/"x"' } },
    'a coding nobody asked for': { headers: { 'Content-Encoding': 'gzip' } },
    ...Object.fromEntries(
      [201, 203, 206, 301, 404, 500, 503].map((status) => [`status ${status}`, { status }]),
    ),
    'too little': {
      answer: (_request, response) => {
        response.writeHead(200, { ...whole, 'Content-Length': 100 });
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      },
    },
    'chunks without an end': {
      answer: (_request, response) => {
        response.writeHead(200, whole);
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      },
    },
    'an end by closing': {
      answer: (request, response) => {
        response.detachSocket(request.socket);
        const lines = Object.entries(whole).map((pair) => pair.join(': '));
        request.socket.end(`HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\nConnection: close\r\n\r\nhalf`);
      },
    },
    'no tag at all': {
      answer: (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/javascript', 'Content-Length': 4 }).end('half');
      },
    },
  };

  it.each(Object.keys(broken))('%s', async (name) => {
    web.files.set(CHUNK, { body: SCRIPT, ...broken[name] });
    expect((await web.get(CHUNK)).status).toBe(418);

    web.files.set(CHUNK, { body: SCRIPT });
    expect((await web.get(CHUNK)).body.toString()).toBe(SCRIPT);
  });

  it('more than 8 MiB', async () => {
    web.files.set(CHUNK, { body: Buffer.alloc(8 * 1024 * 1024 + 1, 'x') });

    expect((await web.get(CHUNK)).status).toBe(418);
  });
});

it('nothing a client sends reaches Jellyfin or others through a kept file', async () => {
  const odd = {
    Host: 'evil.example',
    Cookie: 'session=1',
    Referer: 'https://evil.example/',
    'User-Agent': '"><script>',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'gopher',
    'X-Forwarded-For': '1.2.3.4',
    'X-Original-URL': '/Users',
    'X-HTTP-Method-Override': 'POST',
    'Accept-Language': 'evil',
    Accept: 'text/html',
    'Cache-Control': 'no-cache',
    Pragma: 'no-cache',
  };
  const first = await web.get(CHUNK, odd);
  const second = await web.get(CHUNK);
  const { date: _one, ...ofFirst } = first.headers;
  const { date: _two, ...ofSecond } = second.headers;

  expect(web.asked.find(({ line }) => line === CHUNK)?.headers).toEqual({
    'accept-encoding': 'identity',
    host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    connection: 'keep-alive',
  });
  expect(ofFirst).toEqual(ofSecond);
  expect(first.body.toString()).toBe(SCRIPT);
});

it('headers that hold for one asker only do not reach the next', async () => {
  web.files.set(CHUNK, {
    body: SCRIPT,
    headers: {
      'Access-Control-Allow-Origin': 'https://one.example',
      'X-Response-Time-ms': '12',
      Connection: 'X-Hop, keep-alive',
      'X-Hop': 'a',
      Age: '7',
      Expires: '0',
    },
  });
  const { headers } = await web.get(CHUNK);

  for (const name of ['access-control-allow-origin', 'x-response-time-ms', 'x-hop', 'age', 'expires']) {
    expect(headers[name]).toBeUndefined();
  }
});

it('HEAD first leaves the body whole for GET', async () => {
  expect((await web.get(CHUNK, {}, 'HEAD')).body.length).toBe(0);
  expect((await web.get(CHUNK)).body.toString()).toBe(SCRIPT);
});

it('made-up builds of one file are passed through and fill nothing', async () => {
  web.files.set('/web/main.bundle.js', { body: SCRIPT });
  for (let n = 0; n < 30; n += 1) {
    const answer = await web.get(`/web/main.bundle.js?${String(n).padStart(20, '0')}`);
    expect(answer.status).toBe(418);
  }

  expect(asked()).toBe(0);
});

it('made-up hashes of bytes give the file as it is, for one use, and fill nothing', async () => {
  for (let n = 0; n < 30; n += 1) {
    const { body, headers } = await web.get(`${CHUNK}?gh-${String(n).padStart(22, 'x')}`);
    expect([body.toString(), headers['cache-control']]).toEqual([SCRIPT, 'no-cache']);
  }
  const bodies = web.asked.slice(2).filter(({ headers }) => headers['if-none-match'] === undefined);

  expect(bodies).toEqual([]);
  expect(new Set(web.asked.map(({ line }) => line))).toEqual(new Set(['/web/index.html', CHUNK]));
});
