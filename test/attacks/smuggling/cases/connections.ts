import { type Case, forwarded, HOST, refused, SMUGGLED } from '../case.ts';
import { getOf, kept, postWith } from '../write-case.ts';

const HOP_BY_HOP: readonly Case[] = [
  kept(
    'Connection names Content-Length',
    postWith('Connection: Content-Length\r\nContent-Length: 3\r\n', 'abc'),
    'POST /a abc',
    { 'content-length': '3' },
  ),
  kept(
    'Connection names Transfer-Encoding',
    postWith('Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n', '3\r\nabc\r\n0\r\n\r\n'),
    'POST /a abc',
    {},
  ),
  ...[
    'Authorization: t',
    'Cookie: a=1',
    'X-Emby-Token: t',
    'X-Emby-Authorization: t',
    'X-MediaBrowser-Token: t',
    'Content-Type: a/b',
    'Range: bytes=0-1',
    'If-None-Match: "a"',
    'Accept-Encoding: br',
  ].map((field) => {
    const [name = '', value = ''] = field.split(': ');
    const essential = /^(authorization|cookie|content-type|x-emby|x-mediabrowser)/i.test(name);
    return kept(`Connection names ${name}`, getOf('/a', `Connection: ${name}\r\n${field}\r\n`), 'GET /a', {
      [name.toLowerCase()]: essential ? value : undefined,
    });
  }),
  kept('Connection names Host', getOf('/a', 'Connection: Host\r\n'), 'GET /a', { host: 'media.example.org' }),
  kept(
    'Connection names X-Forwarded-For',
    getOf('/a', 'Connection: X-Forwarded-For\r\nX-Forwarded-For: 1.2.3.4\r\n'),
    'GET /a',
    { 'x-forwarded-for': '127.0.0.1' },
  ),
  kept(
    'Connection names X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host',
    getOf('/a', 'Connection: X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host\r\n'),
    'GET /a',
    { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'media.example.org' },
  ),
  kept(
    'Connection names a header',
    getOf('/a', 'Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nX-Stay: 1\r\n'),
    'GET /a',
    { 'x-hop': undefined, 'x-stay': '1' },
  ),
  kept(
    'two Connection lines name two headers',
    getOf('/a', 'Connection: X-Hop\r\nConnection: , x-other\t,\r\nX-Hop: 1\r\nX-Other: 1\r\n'),
    'GET /a',
    { 'x-hop': undefined, 'x-other': undefined },
  ),
  kept(
    'Connection names Upgrade, which is not there, as some proxies write it for every request',
    postWith('Connection: upgrade\r\nContent-Length: 3\r\n', 'abc'),
    'POST /a abc',
    { connection: 'close', upgrade: undefined },
  ),
  ...[
    'Keep-Alive: timeout=5',
    'Proxy-Connection: keep-alive',
    'TE: trailers',
    'TE: trailers, chunked;q=1',
    'Trailer: X',
    'Proxy-Authorization: Basic x',
    'Upgrade: foo',
    'Upgrade: websocket',
    'HTTP2-Settings: AAMAAABkAAQAAP__',
    'HTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: HTTP2-Settings',
  ].map((field) =>
    kept(`${field} ends at us`, getOf('/a', `${field}\r\n`), 'GET /a', {
      [field.split(':', 1)[0]?.toLowerCase() ?? '']: undefined,
    }),
  ),
];

const EXPECT: readonly Case[] = [
  kept(
    '100-continue is answered here',
    postWith('Expect: 100-continue\r\nContent-Length: 3\r\n', 'abc'),
    'POST /a abc',
    { expect: undefined },
  ),
  kept('100-Continue too', postWith('Expect: 100-Continue\r\nContent-Length: 3\r\n', 'abc'), 'POST /a abc', {
    expect: undefined,
  }),
  {
    what: '100-continue, and the body later',
    send: [postWith('Expect: 100-continue\r\nContent-Length: 3\r\n', ''), 'abc'],
    is: forwarded('POST /a abc'),
  },
  {
    what: '100-continue with length 0',
    send: postWith('Expect: 100-continue\r\nContent-Length: 0\r\n', getOf('/b')),
    is: forwarded('POST /a', 'GET /b'),
  },
  ...[
    'y',
    'y 100-continue',
    '100-continue, y',
    '100-continue 100-continue',
    '100-continue;a',
    '',
    '200-ok',
    'x\x0b100-continue',
  ].map(
    (value): Case => ({
      what: `Expect ${JSON.stringify(value)}`,
      send: postWith(`Expect: ${value}\r\nContent-Length: ${SMUGGLED.length}\r\n`, SMUGGLED),
      is: refused(417, 400),
    }),
  ),
  {
    what: 'Expect twice',
    send: postWith('Expect: 100-continue\r\nExpect: 100-continue\r\nContent-Length: 3\r\n', `abc${SMUGGLED}`),
    is: refused(417, 400),
  },
  {
    what: 'Expect on a GET with a body that looks like a request',
    send: `${getOf('/a', `Expect: 100-continue\r\nContent-Length: ${SMUGGLED.length}\r\n`)}${SMUGGLED}`,
    is: forwarded(`GET /a ${SMUGGLED.trim()}`),
  },
  {
    what: 'Expect on a DELETE, whose body comes later',
    send: [`DELETE /a HTTP/1.1\r\n${HOST}Expect: 100-CONTINUE\r\nContent-Length: 3\r\n\r\n`, 'abc'],
    is: forwarded('DELETE /a abc'),
  },
  kept('Expect on a GET without a body', getOf('/a', 'Expect: 100-continue\r\n'), 'GET /a', {
    expect: undefined,
  }),
  {
    what: 'a folded Expect',
    send: postWith('Expect:\r\n 100-continue\r\nContent-Length: 3\r\n', `abc${SMUGGLED}`),
    is: refused(400),
  },
];

/** What belongs to one connection: hop-by-hop headers and expectations. */
export const CONNECTIONS: Readonly<Record<string, readonly Case[]>> = {
  'hop-by-hop headers': HOP_BY_HOP,
  Expect: EXPECT,
};
