import { type Case, forwarded, HOST, refused, SMUGGLED } from '../case.ts';
import { bad, getOf, getWith, good, startingWith } from '../write-case.ts';

const METHODS: readonly Case[] = [
  ...['GET', 'HEAD', 'OPTIONS', 'DELETE', 'POST', 'PUT', 'PATCH'].flatMap((method) => [
    good(
      `${method} with a length`,
      `${method} /a HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\nxy`,
      `${method} /a xy`,
    ),
    good(
      `${method} with a length, and a body that looks like a request`,
      `${method} /a HTTP/1.1\r\n${HOST}Content-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
      `${method} /a ${SMUGGLED.trim()}`,
    ),
    good(
      `${method} with chunks`,
      `${method} /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n0\r\n\r\n`,
      `${method} /a xy`,
    ),
    good(
      `${method} with no chunk but the last, and a request behind`,
      `${method} /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${getOf('/b')}`,
      `${method} /a`,
      'GET /b',
    ),
    good(
      `${method} with length 0`,
      `${method} /a HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`,
      `${method} /a`,
    ),
    good(`${method} without a body`, startingWith(`${method} /a HTTP/1.1`), `${method} /a`),
    bad(
      `${method} with both lengths`,
      `${method} /a HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ),
  ]),
  ...[
    'TRACE',
    'TRACK',
    'CONNECT',
    'FOO',
    'PROPFIND',
    'M-SEARCH',
    'PURGE',
    'DEBUG',
    'QUERY',
    'get',
    'Post',
    'GETT',
    'G\x00ET',
    'G\xcbT',
    '',
  ].map((method) =>
    bad(`the method ${JSON.stringify(method)}`, startingWith(`${method} /a HTTP/1.1`), 400, 405, 501, 0),
  ),
  bad(
    'CONNECT to another server',
    'CONNECT internal.example:22 HTTP/1.1\r\nHost: internal.example:22\r\n\r\n',
    400,
    405,
    501,
  ),
];

const START_LINES: readonly Case[] = [
  ...[
    'GET\t/a\tHTTP/1.1',
    'GET\x0b/a HTTP/1.1',
    ' GET /a HTTP/1.1',
    'GET /a HTTP/1.1 ',
    'GET /a b HTTP/1.1',
    'GET /a\x00 HTTP/1.1',
    'GET /a\tb HTTP/1.1',
    'GET HTTP/1.1',
    'GET  HTTP/1.1',
    'GET /a HTTP/1.1\r',
    'GET /a\rHTTP/1.1',
    'GET a HTTP/1.1',
    'GET ?a HTTP/1.1',
    'GET * HTTP/1.1',
    'OPTIONS * HTTP/1.1',
    'GET /a#b HTTP/1.1',
    'GET \\a HTTP/1.1',
    'GET /\xc3\xa9 HTTP/1.1',
    'GET /%00 HTTP/1.1',
    'GET /%zz HTTP/1.1',
    'GET /a\\..\\b HTTP/1.1',
  ].map((start) => bad(`the line ${JSON.stringify(start)}`, startingWith(start))),
  ...[
    'HTTP/2.0',
    'HTTP/3.0',
    'HTTP/1.2',
    'HTTP/0.9',
    'HTTP/1.10',
    'HTTP/01.1',
    'HTTP/1.',
    'HTTP/1',
    'HTTP/.1',
    'HTTP/1,1',
    'http/1.1',
    'Http/1.1',
    'HTTP /1.1',
    'HTTP/ 1.1',
    'HTTP/1.1x',
    'HTTPS/1.1',
    'HTTP/-1.1',
    'ICE/1.0',
    'HTTP/1.\xb9',
  ].map((version) =>
    bad(`the version ${JSON.stringify(version)}`, startingWith(`GET /a ${version}`), 400, 505),
  ),
  bad('a line without a version', 'GET /a\r\n', 400, 505),
  bad('the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 505),
  bad('the hello of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  bad('the hello of SSH', 'SSH-2.0-OpenSSH_9.2\r\n'),
  // The standard lets a recipient split at any white space, and Node's parser does; one form goes on.
  good('two blanks before the target', startingWith('GET  /a HTTP/1.1'), 'GET /a'),
  good('two blanks behind the target', startingWith('GET /a  HTTP/1.1'), 'GET /a'),
  // Node's parser speaks RTSP too and does not tell; it goes on as HTTP/1.1, and nothing behind it is read.
  good('another protocol with the same words', `${startingWith('GET /a RTSP/1.0')}${SMUGGLED}`, 'GET /a'),
  good('an empty line before', `\r\n${startingWith('GET /a HTTP/1.1')}`, 'GET /a'),
  good('HTTP/1.0', startingWith('GET /a HTTP/1.0'), 'GET /a'),
  good('HTTP/1.0 without a Host', 'GET /a HTTP/1.0\r\n\r\n', 'GET /a'),
  good(
    'an encoded backslash as it was typed',
    startingWith('GET /a%5C..%5c%5C../b HTTP/1.1'),
    'GET /a%5C..%5c%5C../b',
  ),
  good(
    'a target as it was typed',
    startingWith('GET /a%2Fb//c/%C3%A9?x=%20[]{}|&y HTTP/1.1'),
    'GET /a%2Fb//c/%C3%A9?x=%20[]{}|&y',
  ),
];

const FIELDS: readonly Case[] = [
  ...[
    'X: 1\nY: 2',
    'X: 1\rY: 2',
    'X: 1\r\n 2',
    'X: 1\r\n\t2',
    'X: 1\n\n',
    'X: 1\x002',
    'X: 1\x0b2',
    'X: 1\x7f2',
    'X: 1\x1b2',
    'X : 1',
    'X\t: 1',
    ' X: 1',
    'X Y: 1',
    'X\x00: 1',
    'X\xff: 1',
    'X',
    ': 1',
    '',
    'X@Y: 1',
    'X,Y: 1',
    'X"Y: 1',
    'X\\Y: 1',
    '{X}: 1',
  ].map((field) => {
    if (field === '')
      return bad(
        'a carriage return, then another byte, at the end of the head',
        `GET /a HTTP/1.1\r\n${HOST}\rX`,
      );
    return bad(`the line ${JSON.stringify(field)}`, getWith(`${field}\r\n`));
  }),
  {
    what: 'a value beyond ASCII is passed as it is',
    send: getWith('X-Name: \xc3\xa9\xff\r\n'),
    is: { forwarded: ['GET /a'], headers: { 'x-name': '\xc3\xa9\xff' } },
  },
  {
    what: 'an empty value',
    send: getWith('X-Empty:\r\n'),
    is: { forwarded: ['GET /a'], headers: { 'x-empty': '' } },
  },
  {
    what: 'a name that looks like one of an object',
    send: getWith('__proto__: x\r\n'),
    is: forwarded('GET /a'),
  },
  {
    what: 'a line feed for every line end',
    send: `GET /a HTTP/1.1\n${HOST.replace('\r\n', '\n')}\n`,
    is: refused(400),
  },
  {
    what: 'a carriage return for every line end',
    send: `GET /a HTTP/1.1\rHost: a\r\r${SMUGGLED}`,
    is: refused(400),
  },
];

const LIMITS: readonly Case[] = [
  { what: 'a head of 100 kB', send: getWith(`X: ${'a'.repeat(100_000)}\r\n`), is: refused(431) },
  {
    what: 'a head of 100 kB in many lines',
    send: getWith(`X: ${'a'.repeat(1_000)}\r\n`.repeat(100)),
    is: refused(431),
  },
  { what: '2,000 headers', send: getWith('X: 1\r\n'.repeat(2_000)), is: refused(431) },
  { what: '101 headers', send: getWith('X: 1\r\n'.repeat(100)), is: refused(431) },
  {
    what: 'a second Host behind 150 headers',
    send: getWith(`${'X: 1\r\n'.repeat(150)}Host: evil.example\r\n`),
    is: refused(431),
  },
  {
    what: 'a coding behind 3,000 headers',
    send: `POST /a HTTP/1.1\r\n${HOST}${'a:\r\n'.repeat(3_000)}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    is: refused(431),
  },
  { what: 'a target of 9 kB', send: startingWith(`GET /${'a'.repeat(9_000)} HTTP/1.1`), is: refused(414) },
  {
    what: 'a target of 70 kB',
    send: startingWith(`GET /${'a'.repeat(70_000)} HTTP/1.1`),
    is: refused(414, 431),
  },
  { what: '90 headers', send: getWith('X: 1\r\n'.repeat(89)), is: forwarded('GET /a') },
  {
    what: 'a target of 8,000 bytes',
    send: startingWith(`GET /${'a'.repeat(7_999)} HTTP/1.1`),
    is: forwarded(`GET /${'a'.repeat(7_999)}`),
  },
  { what: 'a head of 30 kB', send: getWith(`X: ${'a'.repeat(30_000)}\r\n`), is: forwarded('GET /a') },
];

/** Start lines, header lines and their limits. */
export const LINES: Readonly<Record<string, readonly Case[]>> = {
  'methods and their bodies': METHODS,
  'request lines and versions': START_LINES,
  'header lines': FIELDS,
  limits: LIMITS,
};
