import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject, type Subject } from '../support/jellyfin/subject.ts';
import { CLIENT_HEADER, generateNginx } from '../support/network/generated-nginx.ts';
import { type KeptAnswer, startWatchedNginx } from '../support/network/kept-page.ts';
import { sendRaw, statusOf } from '../support/network/raw-http.ts';
import { createStage, type Stage } from '../support/program/gatehouse.ts';

const MODS = 'page-title: { title: The real one }\n  login-notice: { text: Hi }';

/** What a stranger may write into a request to have another page, or a part of it, kept for everybody. */
const POISONS: readonly Record<string, string>[] = [
  { Host: 'evil.example' },
  { 'X-Forwarded-Host': 'evil.example' },
  { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Scheme': 'https', 'X-Forwarded-Port': '444' },
  { 'X-Forwarded-For': '127.0.0.1', [CLIENT_HEADER]: '192.168.1.9' },
  { 'X-Forwarded-Prefix': '/evil', 'X-Original-URL': '/System/Info', 'X-Rewrite-URL': '/System/Info' },
  { Forwarded: 'host=evil.example;proto=https', Via: '1.1 evil' },
  { 'X-HTTP-Method-Override': 'POST', 'X-Method-Override': 'HEAD' },
  { Origin: 'https://evil.example' },
  { Referer: 'http://127.0.0.1/web/index.html?gatehouse=off' },
  { Cookie: 'gatehouse=off; lang=xx' },
  { Authorization: 'MediaBrowser Token="abc"', 'X-Emby-Token': 'abc' },
  { Range: 'bytes=0-9' },
  { Range: 'bytes=0-9', 'If-Range': '"x"' },
  { 'If-None-Match': '*' },
  { 'If-Match': '"none"' },
  { 'If-Modified-Since': 'Fri, 31 Dec 2100 00:00:00 GMT' },
  { Accept: 'application/json', 'Accept-Language': 'xx' },
  { 'User-Agent': 'Mozilla/5.0 (SMART-TV)' },
  { 'Gatehouse-Cache': 'evil', 'X-Accel-Expires': '9999', 'X-Accel-Redirect': '/System/Info' },
  { Connection: 'close, Gatehouse-Cache, Host, Accept-Encoding' },
  { Connection: 'Upgrade', Upgrade: 'websocket' },
  { Expect: '100-continue' },
  { 'Content-Type': 'application/json', 'Content-Length': '0' },
  { Pragma: 'x', 'Cache-Control': 'max-stale=9999, only-if-cached' },
];

/** Addresses that are the page's for one reader and something else for another. */
const CONFUSED = [
  '/web/index.html;x',
  '/web/index.html;x.css',
  '/web/index.html%3Bx',
  '/web/index.html%2f..',
  '/web/index.html%2f..%2f..%2fSystem/Info',
  '/web/index.html/../../System/Info',
  '/web/index.html/..;/../System/Info',
  '/System/Info/..%2f..%2fweb/index.html',
  '/System/Info/%2e%2e/%2e%2e/web/index.html',
  '/System/../web/index.html',
  '/System/Info/../../web/',
  '/web/./index.html',
  '//web/index.html',
  '/web//index.html',
  '/web/%69ndex.html',
  '/WEB/INDEX.HTML',
  '/web/index.html/',
  '/web/index.html%00',
  '/web/index.html%20',
  '/web/index.html%0d%0ax:y',
  '/web/index.html%23',
  '/web/index.html%3f',
  '/web/index.html?',
  '/web/index.html?x',
  '/web/?gatehouse=off',
  '/web/\\',
  '/web/index.html\\..\\..\\System\\Info',
  '/emby/web/index.html',
  '/Users/Me/index.html',
  '/Users/Me/web/index.html',
  '/gatehouse/account/index.html',
];

/** What of an answer may differ from one to the next. */
function sameOf({ status, headers, body }: KeptAnswer) {
  const { date: _date, connection: _connection, 'keep-alive': _kept, ...rest } = headers;
  return { status, body: String(body), headers: rest };
}

describe.each(['full', 'split'] as const)('the cache of nginx --mode %s', (mode) => {
  let subject: Subject;
  let stage: Stage;

  beforeAll(async () => {
    subject = await createFakeSubject({ version: '10.11.11', hashMs: 1 });
    stage = await createStage(subject, { trustedProxies: '127.0.0.1', mods: MODS });
  });
  afterAll(async () => {
    await stage?.close();
    await subject?.close();
  });

  const start = async () => startWatchedNginx(await generateNginx(stage.configPath, mode));

  it.each(POISONS.map((headers) => [JSON.stringify(headers), headers] as const))(
    'is poisoned by nobody with %s',
    async (_what, poison) => {
      const nginx = await start();
      // First to come, and then as one who reloads: what is answered to these takes the place of what was kept.
      for (const reloading of [{}, { 'Cache-Control': 'no-cache' }]) {
        const poisoned = await nginx.ask('/web/', { ...poison, ...reloading });
        expect([200, 304, 412, 426]).toContain(poisoned.status);
        const real = sameOf(await nginx.untilKept('/web/'));
        expect(real.body).toContain('<title>The real one</title>');
        expect(real.body).not.toContain('evil');
        expect(real.headers['access-control-allow-origin']).toBeUndefined();
        expect(JSON.stringify(real.headers)).not.toMatch(/evil|x-accel|set-cookie/i);
        expect(real).toEqual(sameOf(await nginx.ask('/web/', { 'Cache-Control': 'no-cache' })));
      }
    },
  );

  it('is poisoned by no absolute address, no body of a GET and no method', async () => {
    const nginx = await start();
    const head = 'Host: evil.example\r\nConnection: close\r\n';
    for (const request of [
      `GET http://evil.example/web/ HTTP/1.1\r\n${head}\r\n`,
      `GET http://127.0.0.1/web/ HTTP/1.1\r\n${head}\r\n`,
      `GET /web/ HTTP/1.1\r\nHost: 127.0.0.1:${nginx.port}\r\nContent-Length: 3\r\nConnection: close\r\n\r\nx=y`,
      `GET /web/ HTTP/1.0\r\n\r\n`,
      `HEAD /web/ HTTP/1.1\r\nHost: 127.0.0.1:${nginx.port}\r\nConnection: close\r\n\r\n`,
      ...['POST', 'PUT', 'OPTIONS', 'DELETE', 'PURGE', 'PROPFIND'].map(
        (method) =>
          `${method} /web/ HTTP/1.1\r\nHost: 127.0.0.1:${nginx.port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      ),
    ]) {
      expect(statusOf(await sendRaw(nginx.port, request, 5_000))).toBeGreaterThanOrEqual(200);
      const { status, body } = await nginx.untilKept('/web/');
      expect([request, status, String(body)]).toEqual([
        request,
        200,
        expect.stringContaining('<title>The real one</title>'),
      ]);
    }
  });

  it('is deceived by no address: nothing but the page in its plain spelling is kept for the next one who asks', async () => {
    const nginx = await start();
    const [user] = subject.users;
    const signedIn = { 'X-Emby-Token': `token of ${user?.name}`, Cookie: 'session=mine' };
    for (const path of CONFUSED) {
      const own = await nginx.ask(path, signedIn);
      const others = [await nginx.ask(path), await nginx.ask(path, { Cookie: 'session=theirs' })];
      expect([path, own.cache, ...others.map(({ cache }) => cache)]).toEqual([path, '', '', '']);
    }
  });

  it('answers nobody under a name that Gatehouse refuses', async () => {
    const { port } = new URL(stage.url);
    await stage.apply(`listen: { host: 127.0.0.1, port: ${port}, trustedProxies: [127.0.0.1] }
public: { url: https://media.example.org, hosts: [nas.local] }
jellyfin: { url: '${subject.url}' }
${stage.house.lines}mods:
  ${MODS}
`);
    onTestFinished(() => stage.reload({ trustedProxies: '127.0.0.1', mods: MODS }));
    const nginx = await start();
    for (const ours of ['media.example.org', 'nas.local']) {
      await nginx.untilKept('/web/', { Host: ours });
      const refused = await nginx.ask('/web/', { Host: 'evil.example' });
      expect([refused.status, refused.cache === 'HIT']).toEqual([421, false]);
      // One name in the request line, another in its header: kept for nobody else.
      for (const [line, header] of [
        [ours, 'evil.example'],
        ['evil.example', ours],
      ]) {
        const request = `GET http://${line}/web/ HTTP/1.1\r\nHost: ${header}\r\nConnection: close\r\n\r\n`;
        const raw = await sendRaw(nginx.port, request, 5_000);
        expect([request, /x-test-cache: HIT/i.test(raw)]).toEqual([request, false]);
      }
    }
  });

  it('grows little under made-up codings and names, and goes on', async () => {
    const nginx = await start();
    const flood = async (worker: number): Promise<void> => {
      for (let n = 0; n < 250; n += 1) {
        const made = `${worker}-${n}`;
        await nginx.ask('/web/', { 'Accept-Encoding': `x-${made}`, Host: `h${made}.example` });
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, worker) => flood(worker)));
    const files = await readdir(join(nginx.folder, 'cache'));
    const sizes = await Promise.all(
      files.map((name) =>
        stat(join(nginx.folder, 'cache', name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    expect(files.length).toBeLessThan(1_500);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12e6);
    expect(String((await nginx.untilKept('/web/')).body)).toContain('<title>The real one</title>');
  });
});
