import { load } from 'cheerio';
import { describe, expect, it } from 'vitest';
import { readQr } from '../../support/files/read-qr.ts';
import { createScriptedAccounts } from '../../support/jellyfin/scripted-accounts.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { OWN_PAGES } from '../../support/reset/own-routes.ts';
import { startResetApp, TEST_PAGE } from '../../support/reset/reset-app.ts';

const start = () => startResetApp(createScriptedAccounts());
const CALLS = ['/api/reset-requests', '/api/links', '/api/passwords', '/api/pins'];
const READ_ONLY = [...OWN_PAGES, '/account.svg', '/assets/a-1.js', '/common-passwords.txt'];

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

describe('the security headers', () => {
  it('stand on every route and status', async () => {
    const { url, post } = await start();
    const answers = await Promise.all([
      ...READ_ONLY.map((path) => fetch(`${url}${path}`)),
      ...READ_ONLY.map((path) => fetch(`${url}${path}`, { method: 'DELETE' })),
      ...CALLS.map((path) => fetch(`${url}${path}`)),
      ...CALLS.map((path) => post(path, '{')),
      ...CALLS.map((path) => post(path, {}, { 'content-type': 'text/plain' })),
      post('/api/reset-requests', { enteredName: 'alice' }),
      post('/api/links', { token: 'x'.repeat(43) }),
      post('/api/passwords', { token: 'x'.repeat(43), password: 'q7!zk2wv' }),
      ...['/', '/nowhere', '/assets/none.js', '/api', '/api/nowhere', '/%E0%A4%A', '/api/%E0%A4%A'].map(
        (path) => fetch(`${url}${path}`),
      ),
    ]);
    for (const answer of answers) {
      const label = `${answer.url} ${answer.status}`;
      expect(Object.fromEntries(answer.headers), label).toMatchObject(EVERYWHERE);
      expect(answer.headers.get('content-security-policy'), label).toMatch(
        /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'; trusted-types 'none'; require-trusted-types-for 'script'$/,
      );
      expect(answer.headers.has('x-powered-by'), label).toBe(false);
      const mayBeKept = answer.ok && /assets|common|svg/.test(answer.url);
      expect(answer.headers.get('cache-control') === 'no-store', label).toBe(!mayBeKept);
      expect(await answer.text(), label).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
    }
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 202, 400, 404, 405, 415]));
  });
});

describe('the pages', () => {
  it.each(OWN_PAGES)('%s is the built page', async (path) => {
    const answer = await fetch(`${(await start()).url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await answer.text()).toBe(TEST_PAGE);
  });

  it('keeps hashed files for ever and the list of common passwords for a day', async () => {
    const { url, port } = await start();
    const script = await fetch(`${url}/assets/a-1.js`);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
    const list = await fetch(`${url}/common-passwords.txt`);
    expect(list.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(list.headers.get('content-encoding')).toBe('gzip');
    expect((await list.text()).split('\n')).toContain('iloveyou');
    // fetch would add Cache-Control: no-cache to a request with a validator.
    const again = await sendRaw(
      port,
      `GET /common-passwords.txt HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nConnection: close\r\n` +
        `If-None-Match: ${list.headers.get('etag')}\r\n\r\n`,
    );
    expect(statusOf(again)).toBe(304);
  });

  it('show the address of My Account as a code, the public one whatever Host says, and it may be kept for an hour', async () => {
    const { url, port } = await start();
    const picture = await fetch(`${url}/account.svg`, { headers: { 'x-forwarded-host': 'evil.example' } });
    expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(picture.headers.get('cache-control')).toBe('public, max-age=3600');
    const svg = await picture.text();
    expect(await readQr(svg)).toBe('https://films.example.org/jelly/gatehouse/account');
    expect(load(svg, { xml: true })('text').text()).toBe('https://films.example.org/jelly/gatehouse/account');
    const again = await sendRaw(
      port,
      `GET /account.svg HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nIf-None-Match: ${picture.headers.get('etag')}\r\n\r\n`,
    );
    expect(statusOf(again)).toBe(304);
  });

  it.each([
    '/reset/',
    '/Reset',
    '/account.svg/',
    '/Account.svg',
    '/assets/../../package.json',
    '/assets/',
    '/',
    '/index.html',
  ])('has nothing at %s', async (path) => {
    const { port } = await start();
    const raw = await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(statusOf(raw)).toBe(404);
    expect(raw).toContain('There is no page at this address.');
  });

  it.each([
    ['de-AT,de;q=0.9', 'Unter dieser Adresse gibt es keine Seite.'],
    ['fr', 'Il n’y a pas de page à cette adresse.'],
    ['fi', 'There is no page at this address.'],
  ])('says to a browser in %s that there is nothing, in its language', async (accepted, sentence) => {
    const answer = await fetch(`${(await start()).url}/nowhere`, {
      headers: { 'accept-language': accepted },
    });
    expect([answer.status, answer.headers.get('vary')]).toEqual([404, 'Accept-Language']);
    expect(await answer.text()).toContain(`<p>${sentence}</p>`);
  });
});

describe('methods', () => {
  const METHODS = 'GET HEAD POST PUT DELETE PATCH OPTIONS TRACE PROPFIND LOCK SEARCH QUERY'.split(' ');
  const ask = async (port: number, method: string, path: string) =>
    sendRaw(port, `${method} ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);

  it.each(CALLS)('%s takes POST and answers 405 with Allow to all others', async (path) => {
    const { port } = await start();
    for (const method of METHODS.filter((name) => name !== 'POST')) {
      const raw = await ask(port, method, path);
      expect(statusOf(raw), method).toBe(405);
      expect(raw, method).toMatch(/\r\nAllow: POST\r\n/i);
    }
    expect(statusOf(await ask(port, 'POST', path))).toBe(415);
  });

  it.each(READ_ONLY)('%s takes GET and HEAD and answers 405 with Allow to all others', async (path) => {
    const { port } = await start();
    for (const method of METHODS) {
      const raw = await ask(port, method, path);
      const isRead = method === 'GET' || method === 'HEAD';
      expect(statusOf(raw), method).toBe(isRead ? 200 : 405);
      if (!isRead) expect(raw, method).toMatch(/\r\nAllow: GET, HEAD\r\n/i);
    }
  });
});

describe('bodies of API calls', () => {
  const good = { enteredName: 'alice' };

  it.each([
    ['no JSON', '{"enteredName":', 400],
    ['an array', [good], 400],
    ['a bare string', '"alice"', 400],
    ['null', 'null', 400],
    ['a missing key', {}, 400],
    ['an unknown key', { ...good, admin: true }, 400],
    ['another type', { enteredName: ['alice', 'bob'] }, 400],
    ['an empty name', { enteredName: '  ' }, 400],
    ['a name over 256 characters', { enteredName: 'x'.repeat(257) }, 400],
    ['__proto__', '{"enteredName":"alice","__proto__":{"isAdministrator":true}}', 400],
    ['__proto__ inside', '{"enteredName":{"__proto__":{"a":1}}}', 400],
    ['constructor', '{"enteredName":"alice","constructor":{"prototype":{"a":1}}}', 400],
    ['65 kB', { enteredName: 'alice', more: 'x'.repeat(65 * 1024) }, 413],
    ['a key twice', '{"enteredName":"alice","enteredName":"bob"}', 400],
    ['a key twice, once escaped', '{"enteredName":"alice","\\u0065nteredName":"bob"}', 400],
    ['30,000 levels', `{"enteredName":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 400],
    ['5,000 keys', Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, 1])), 400],
    ['10,000 keys', Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, 1])), 413],
  ])('with %s are refused', async (_name, body, status) => {
    const { post, asked } = await start();
    const answer = await post('/api/reset-requests', body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code: 'bad-body' });
    expect(asked).toEqual([]);
    expect(({} as Record<string, unknown>)['isAdministrator']).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/ld+json',
    'application/json; charset=utf-16',
    'application/json; charset=iso-8859-1',
    '',
  ])('of type %j are refused with 415', async (type) => {
    const { post, asked } = await start();
    const answer = await post('/api/reset-requests', good, { 'content-type': type });
    expect(answer.status).toBe(415);
    expect(asked).toEqual([]);
  });

  it('that are compressed are refused, so that nothing can swell', async () => {
    const { post } = await start();
    expect((await post('/api/reset-requests', good, { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'none' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://media.example.org' }, 202],
    [{ origin: 'https://media.example.org', 'x-forwarded-host': 'media.example.org' }, 202],
    [{}, 202],
  ])('sent with %j are answered %i', async (headers, status) => {
    const { post, asked } = await start();
    const answer = await post('/api/reset-requests', good, headers as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(asked).toHaveLength(status === 202 ? 1 : 0);
  });
});

describe('POST /api/reset-requests', () => {
  it('hands on the name, the address and the language, and says the same for every name', async () => {
    const { post, asked } = await start();
    const answers = [];
    for (const enteredName of ['alice', 'nobody', 'ALICE', 'a@example.org', '\u0000', '💥']) {
      const answer = await post('/api/reset-requests', { enteredName }, { 'accept-language': 'de' });
      answers.push(`${answer.status} ${await answer.text()} ${[...answer.headers.keys()]}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^202 \{\} /);
    expect(asked[0]).toEqual({ enteredName: 'alice', clientAddress: '192.0.2.7', acceptLanguage: 'de' });
  });

  it('tells nothing but the code when our own part breaks, and logs why', async () => {
    const { post, lines } = await startResetApp(createScriptedAccounts(), async () => {
      throw new Error('the disk is full at /var/lib/gatehouse');
    });
    const answer = await post('/api/reset-requests', { enteredName: 'alice' });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({
      code: 'internal',
      message: 'Something went wrong here. The log of Gatehouse says what.',
    });
    expect(lines.text()).toContain('the disk is full');
  });
});
