import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toOriginForm } from '../../../injector/admission/request-validation.ts';
import { createServer } from '../../../injector/admission/server.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

const admitted: string[] = [];
const log = createKeptLog();
const server = createServer(
  {
    async answer(request: IncomingMessage, response) {
      admitted.push(`${request.method} ${request.url}`);
      for await (const _chunk of request);
      response.end('let in');
    },
    upgrade(request, socket) {
      admitted.push(`UPGRADE ${request.url}`);
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    },
  },
  log,
);
let port = 0;

beforeAll(async () => {
  port = await listen(server);
});
afterAll(() => shut(server));
beforeEach(() => {
  admitted.length = 0;
});

const HOST = 'Host: media.example.org\r\n';
const WEBSOCKET = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';

describe('a request that may be read in two ways is refused and not let in', () => {
  it.each([
    ['two Host headers', `GET / HTTP/1.1\r\n${HOST}Host: evil.example\r\n\r\n`],
    ['the same Host twice', `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n'],
    ['an empty Host', 'GET / HTTP/1.1\r\nHost: \r\n\r\n'],
    ['a Host with user-info', 'GET / HTTP/1.1\r\nHost: a@media.example.org\r\n\r\n'],
    ['a Host with a path', 'GET / HTTP/1.1\r\nHost: media.example.org/x\r\n\r\n'],
    ['a Host with a comma', 'GET / HTTP/1.1\r\nHost: a, b\r\n\r\n'],
    ['a Host with a blank', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
    [
      'both lengths',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['two lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`],
    ['a length list', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1, 1\r\n\r\nx`],
    ['a signed length', `POST / HTTP/1.1\r\n${HOST}Content-Length: +1\r\n\r\nx`],
    ['an unknown coding', `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n`],
    [
      'an empty coding before chunked',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n`,
    ],
    [
      'two codings',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['TRACE', `TRACE / HTTP/1.1\r\n${HOST}\r\n`],
    ['CONNECT', 'CONNECT media.example.org:443 HTTP/1.1\r\nHost: media.example.org:443\r\n\r\n'],
    ['a method in lower case', `post /Users/ForgotPassword HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`],
    ['a version nobody speaks', `GET / HTTP/2.0\r\n${HOST}\r\n`],
    ['an encoded NUL', `GET /web/%00 HTTP/1.1\r\n${HOST}\r\n`],
    ['a backslash', `GET /web\\..\\x HTTP/1.1\r\n${HOST}\r\n`],
    ['a backslash beside an encoded one', `GET /web/%5c..\\x HTTP/1.1\r\n${HOST}\r\n`],
    ['a broken percent encoding', `GET /web/%zz HTTP/1.1\r\n${HOST}\r\n`],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`],
    ['the absolute form of another host', `GET http://other.example/ HTTP/1.1\r\n${HOST}\r\n`],
    [
      'an expectation nobody knows',
      `POST / HTTP/1.1\r\n${HOST}Expect: fireworks\r\nContent-Length: 1\r\n\r\nx`,
    ],
    [
      'a body on a WebSocket upgrade',
      `GET / HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n\r\nx`,
    ],
    ['a bare line feed in the head', `GET / HTTP/1.1\n${HOST}\r\n`],
    ['a blank before the colon', `GET / HTTP/1.1\r\n${HOST}Content-Length : 1\r\n\r\n`],
    ['a folded header', `GET / HTTP/1.1\r\n${HOST}X-A: 1\r\n  2\r\n\r\n`],
  ])('%s', async (_what, raw) => {
    const status = statusOf(await sendRaw(port, raw));
    expect(admitted).toEqual([]);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });
});

describe('an ordinary request is let in', () => {
  it.each([
    ['a GET', `GET /web/ HTTP/1.1\r\n${HOST}\r\n`, 'GET /web/'],
    ['a GET over HTTP/1.0 without Host', 'GET / HTTP/1.0\r\n\r\n', 'GET /'],
    ['an IPv6 Host', 'GET / HTTP/1.1\r\nHost: [::1]:8097\r\n\r\n', 'GET /'],
    [
      'the absolute form of the same host',
      `GET http://media.example.org/x?y HTTP/1.1\r\n${HOST}\r\n`,
      'GET /x?y',
    ],
    [
      'a chunked POST',
      `POST /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`,
      'POST /a',
    ],
    ['a DELETE of length 0', `DELETE /a HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`, 'DELETE /a'],
    [
      'an encoded backslash, which is a letter to Jellyfin',
      `GET /Artists/AC%5CDC%5c.. HTTP/1.1\r\n${HOST}\r\n`,
      'GET /Artists/AC%5CDC%5c..',
    ],
    ['an encoded slash', `GET /a%2Fb HTTP/1.1\r\n${HOST}\r\n`, 'GET /a%2Fb'],
    [
      'an upgrade to h2c, as the plain request it is',
      `GET /u HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
      'GET /u',
    ],
    [
      'a WebSocket',
      `GET /socket HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n${WEBSOCKET}\r\n`,
      'UPGRADE /socket',
    ],
  ])('%s', async (_what, raw, expected) => {
    await sendRaw(port, raw, 300);
    expect(admitted).toEqual([expected]);
  });
});

it('says in the log why it refused, without what was sent', async () => {
  log.lines.length = 0;
  await sendRaw(port, 'GET /secret HTTP/1.1\r\nHost: a@b\r\n\r\n');
  expect(log.lines).toMatchObject([
    { level: 'warn', event: 'request-refused', status: 400, clientAddress: '127.0.0.1' },
  ]);
  expect(JSON.stringify(log.lines)).not.toContain('secret');
});

it('leaves a target of another host in the absolute form, which validation then refuses', () => {
  expect(toOriginForm('http://a/x', 'b')).toBe('http://a/x');
  expect(toOriginForm('http://A/x', 'a')).toBe('/x');
  expect(toOriginForm('http://a', 'a')).toBe('/');
  expect(toOriginForm('http://a?b', 'a')).toBe('/?b');
});

it('takes the port of the scheme for said, in the target and in Host', () => {
  expect(toOriginForm('http://a:80/x', 'a')).toBe('/x');
  expect(toOriginForm('https://a/x', 'a:443')).toBe('/x');
  expect(toOriginForm('https://a:80/x', 'a')).toBe('https://a:80/x');
  expect(toOriginForm('http://a:443/x', 'a')).toBe('http://a:443/x');
  expect(toOriginForm('http://a:81/x', 'a')).toBe('http://a:81/x');
});
