import { type Case, forwarded, HOST, refused, SMUGGLED } from '../case.ts';
import { getOf, kept, postWith } from '../write-case.ts';

const many = (count: number): string[] => Array.from({ length: count }, (_one, index) => `/p${index}`);
const WEBSOCKET =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
/** Requests behind each other. */
export const PIPELINES: readonly Case[] = [
  ...[2, 10, 100].map(
    (count): Case => ({
      what: `${count} requests in one segment`,
      send: many(count)
        .map((path) => getOf(path))
        .join(''),
      is: forwarded(...many(count).map((path) => `GET ${path}`)),
    }),
  ),
  {
    what: 'bodies between',
    send: `${postWith('Content-Length: 3\r\n', 'abc')}${postWith('Transfer-Encoding: chunked\r\n', '3\r\ndef\r\n0\r\n\r\n')}${getOf('/b')}`,
    is: forwarded('POST /a abc', 'POST /a def', 'GET /b'),
  },
  {
    what: 'a HEAD between',
    send: `${getOf('/a')}HEAD /b HTTP/1.1\r\n${HOST}\r\n${getOf('/c')}`,
    is: forwarded('GET /a', 'HEAD /b', 'GET /c'),
  },
  {
    what: 'one cut in the middle of its head',
    send: [`${getOf('/a')}GET /b HT`, `TP/1.1\r\n${HOST}\r\n`],
    is: forwarded('GET /a', 'GET /b'),
  },
  {
    what: 'a request behind Connection: close',
    send: `${getOf('/a', 'Connection: close\r\n')}${SMUGGLED}`,
    is: forwarded('GET /a'),
  },
  {
    what: 'a request behind one over HTTP/1.0',
    send: `GET /a HTTP/1.0\r\n${HOST}\r\n${SMUGGLED}`,
    is: forwarded('GET /a'),
  },
  {
    what: 'a request behind a refused one',
    send: `GET /a HTTP/1.1\r\nHost: a@b\r\n\r\n${SMUGGLED}`,
    is: refused(400),
  },
  {
    what: 'a refused one behind a good one',
    send: `${getOf('/a')}GET /b HTTP/1.1\r\nHost: a@b\r\n\r\n${SMUGGLED}`,
    is: { forwarded: ['GET /a'], afterwards: 400 },
  },
  {
    what: 'nonsense behind a good one',
    send: `${getOf('/a')}nonsense\r\n\r\n${SMUGGLED}`,
    is: { forwarded: ['GET /a'], afterwards: 400 },
  },
  {
    what: 'a broken body behind a good one',
    send: `${getOf('/a')}${postWith('Transfer-Encoding: chunked\r\n', 'zz\r\n')}${SMUGGLED}`,
    is: { forwarded: ['GET /a'], afterwards: 400 },
  },
  {
    what: 'an upgrade behind a good one',
    send: `${getOf('/a')}${getOf('/b', WEBSOCKET)}`,
    is: { forwarded: ['GET /a'], afterwards: 400 },
  },
  {
    what: 'CONNECT behind a good one',
    send: `${getOf('/a')}CONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\n${SMUGGLED}`,
    is: { forwarded: ['GET /a'], afterwards: 501 },
  },
];

/** Other protocols on the same connection. */
export const UPGRADES: readonly Case[] = [
  ...[
    'h2c',
    'foo',
    'TLS/1.0',
    'HTTP/2.0',
    'websocket, h2c',
    'h2c, websocket',
    'websocket/13',
    'websockets',
    '',
  ].map((value) =>
    kept(
      `an upgrade to ${JSON.stringify(value)} is the plain request it also is`,
      getOf('/a', `Connection: Upgrade\r\nUpgrade: ${value}\r\n`),
      'GET /a',
      { upgrade: undefined, connection: 'keep-alive' },
    ),
  ),
  kept(
    'an upgrade without Connection is a plain request',
    getOf('/a', 'Upgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n'),
    'GET /a',
    { upgrade: undefined, connection: 'keep-alive' },
  ),
  kept(
    'an upgrade of a POST is a plain request',
    postWith(`${WEBSOCKET}Content-Length: 0\r\n`, ''),
    'POST /a',
    {
      upgrade: undefined,
      connection: 'close',
    },
  ),
  // Java's client offers HTTP/2 with each first request of a connection, curl with --http2, and some proxies offer what
  // they were once set up for; beside a body the offer is still only an offer.
  ...['POST', 'PUT', 'DELETE', 'GET'].flatMap((method) =>
    ['h2c', 'h2c, websocket', 'websocket, h2c', 'TLS/1.3', 'foo'].flatMap((value) =>
      [
        ['Content-Length: 3\r\n', 'abc'],
        ['Transfer-Encoding: chunked\r\n', '3\r\nabc\r\n0\r\n\r\n'],
      ].map(([framing, body]) =>
        kept(
          `an offer of ${value} beside ${method} with ${framing?.trim()}, and a request behind`,
          `${method} /a HTTP/1.1\r\n${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: ${value}\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n${framing}\r\n${body}${SMUGGLED}`,
          `${method} /a abc`,
          { upgrade: undefined, 'http2-settings': undefined, connection: 'close' },
        ),
      ),
    ),
  ),
  kept(
    'an offer of WebSocket beside a POST with a body',
    postWith(`${WEBSOCKET}Content-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
    `POST /a ${SMUGGLED.trim()}`,
    { upgrade: undefined, connection: 'close' },
  ),
  {
    what: 'an offer beside a body that comes in pieces',
    send: [postWith('Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 6\r\n', 'abc'), `def${SMUGGLED}`],
    is: forwarded('POST /a abcdef'),
  },
  {
    what: 'an offer beside both lengths',
    send: postWith(
      'Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      `0\r\n\r\n${SMUGGLED}`,
    ),
    is: refused(400),
  },
  {
    what: 'a request behind h2c, which another reader takes for the other protocol',
    send: `${getOf('/a', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n')}${getOf('/b')}`,
    is: forwarded('GET /a'),
  },
  {
    what: 'a request behind a WebSocket upgrade',
    send: `${getOf('/a', WEBSOCKET)}${SMUGGLED}`,
    is: refused(400),
  },
  {
    what: 'a body on a WebSocket upgrade',
    send: `${getOf('/a', `${WEBSOCKET}Content-Length: ${SMUGGLED.length}\r\n`)}${SMUGGLED}`,
    is: refused(400),
  },
  {
    what: 'chunks on a WebSocket upgrade',
    send: `${getOf('/a', `${WEBSOCKET}Transfer-Encoding: chunked\r\n`)}0\r\n\r\n${SMUGGLED}`,
    is: refused(400),
  },
  { what: 'a WebSocket upgrade with two Hosts', send: getOf('/a', `${HOST}${WEBSOCKET}`), is: refused(400) },
  {
    what: 'a WebSocket upgrade over HTTP/1.0',
    send: `GET /a HTTP/1.0\r\n${HOST}${WEBSOCKET}\r\n`,
    is: refused(400),
  },
  {
    what: 'a WebSocket upgrade without a key',
    send: getOf('/a', 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'),
    is: refused(400),
  },
  {
    what: 'a WebSocket upgrade to another version',
    send: getOf('/a', WEBSOCKET.replace('13', '7')),
    is: refused(400, 426),
  },
  {
    what: 'a WebSocket upgrade that Jellyfin answers 200, then a request',
    send: [getOf('/a', WEBSOCKET), SMUGGLED],
    is: forwarded('GET /a'),
  },
];
