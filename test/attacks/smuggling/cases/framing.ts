import { type Case, forwarded, HOST, refused, SMUGGLED } from '../case.ts';

/** A POST with the given framing lines and what follows its head. */
const post = (lines: string, rest: string): string => `POST /a HTTP/1.1\r\n${HOST}${lines}\r\n${rest}`;
/** Whole for a reader of chunks; for a reader without, the body is a second request. */
const CHUNKED_SMUGGLE = `0\r\n\r\n${SMUGGLED}`;
const te = (value: string): string => post(`Transfer-Encoding:${value}\r\n`, CHUNKED_SMUGGLE);
const cl = (value: string): string => post(`Content-Length:${value}\r\n`, `abc${SMUGGLED}`);
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

const LENGTH_AND_CODING: Case[] = [
  {
    what: 'length, then coding',
    send: post(`Content-Length: 5\r\n${CHUNKED}`, CHUNKED_SMUGGLE),
    is: refused(400),
  },
  {
    what: 'coding, then length',
    send: post(`${CHUNKED}Content-Length: 5\r\n`, CHUNKED_SMUGGLE),
    is: refused(400),
  },
  {
    what: 'length 0 and coding',
    send: post(`Content-Length: 0\r\n${CHUNKED}`, CHUNKED_SMUGGLE),
    is: refused(400),
  },
  {
    what: 'length and the identity coding',
    send: post('Content-Length: 5\r\nTransfer-Encoding: identity\r\n', `abcde${SMUGGLED}`),
    is: refused(400, 501),
  },
  {
    what: 'length and a coding hidden by Connection',
    send: post(`Connection: Transfer-Encoding\r\nContent-Length: 5\r\n${CHUNKED}`, CHUNKED_SMUGGLE),
    is: refused(400),
  },
  {
    what: 'coding over HTTP/1.0',
    send: `POST /a HTTP/1.0\r\n${HOST}${CHUNKED}\r\n${CHUNKED_SMUGGLE}`,
    is: refused(400, 501),
  },
  {
    what: 'neither, with bytes behind that are no request',
    send: post('', 'abc\r\n\r\n'),
    is: { forwarded: ['POST /a'], afterwards: 400 },
  },
];

const CODINGS: Case[] = [
  {
    what: 'chunked in capitals is chunked',
    send: post('Transfer-Encoding: CHUNKED\r\n', '3\r\nabc\r\n0\r\n\r\n'),
    is: forwarded('POST /a abc'),
  },
  {
    what: 'a tab before chunked is white space',
    send: post('Transfer-Encoding:\tchunked\r\n', '3\r\nabc\r\n0\r\n\r\n'),
    is: forwarded('POST /a abc'),
  },
  {
    what: 'chunked in mixed letters is chunked',
    send: post('Transfer-Encoding: chunKed\r\n', '3\r\nabc\r\n0\r\n\r\n'),
    is: forwarded('POST /a abc'),
  },
  // Legal, but nobody sends it, and Node's parser refuses it.
  { what: 'white space behind chunked', send: te(' chunked \t'), is: refused(400) },
  ...[
    ' xchunked',
    ' chunkedx',
    ' chunk',
    ' chunked, identity',
    ' identity, chunked',
    ' identity',
    ' ,chunked',
    ' chunked,',
    ' ,',
    '',
    ' gzip, chunked',
    ' gzip',
    ' chunked, chunked',
    ' chunked chunked',
    ' "chunked"',
    " 'chunked'",
    ' chunked;q=1',
    ' chunked;a=b',
    ' {chunked}',
    ' chunked\x0b',
    ' \x0bchunked',
    ' \x0cchunked',
    ' chunked\x00',
    ' \x00chunked',
    ' chunked\xa0',
    ' \xa0chunked',
    ' chun\tked',
    ' cow',
    ' chunked\r\n\t',
    ' \r\n chunked',
    ' trailers, chunked',
    ' c\xc4\xb1hunked',
  ].map(
    (value): Case => ({ what: `coding ${JSON.stringify(value)}`, send: te(value), is: refused(400, 501) }),
  ),
  {
    what: 'two codings, both chunked',
    send: post(`${CHUNKED}${CHUNKED}`, CHUNKED_SMUGGLE),
    is: refused(400, 501),
  },
  {
    what: 'two codings, identity last',
    send: post(`${CHUNKED}Transfer-Encoding: identity\r\n`, CHUNKED_SMUGGLE),
    is: refused(400, 501),
  },
  {
    what: 'two codings, identity first',
    send: post(`Transfer-Encoding: identity\r\n${CHUNKED}`, CHUNKED_SMUGGLE),
    is: refused(400, 501),
  },
];

const LENGTHS: Case[] = [
  { what: 'a plain length', send: post('Content-Length: 3\r\n', 'abc'), is: forwarded('POST /a abc') },
  {
    what: 'a length with white space around',
    send: post('Content-Length: \t3 \t\r\n', 'abc'),
    is: forwarded('POST /a abc'),
  },
  ...[
    ' +3',
    ' -3',
    ' -0',
    ' 0x3',
    ' 3, 3',
    ' 3,3',
    ' 3,',
    ' ,3',
    ' 3, 4',
    '',
    ' ',
    ' 3 3',
    ' 3;',
    ' 3.0',
    ' 3e0',
    ' 03',
    ' 00',
    ' 3_0',
    ' 3a',
    ' a',
    ' "3"',
    ' 3\x00',
    ' 3\x0b',
    ' \x0b3',
    ' 3\xa0',
    ' \xb3',
    ' 18446744073709551616',
    ' 18446744073709551619',
    ' 9223372036854775808',
    ' 99999999999999999999999999',
    ' 3\r\n ',
    ' \r\n 3',
    ' NaN',
    ' Infinity',
  ].map((value): Case => ({ what: `length ${JSON.stringify(value)}`, send: cl(value), is: refused(400) })),
  {
    what: 'two equal lengths',
    send: post('Content-Length: 3\r\nContent-Length: 3\r\n', `abc${SMUGGLED}`),
    is: refused(400),
  },
  {
    what: 'two lengths',
    send: post('Content-Length: 3\r\nContent-Length: 0\r\n', `abc${SMUGGLED}`),
    is: refused(400),
  },
  {
    what: 'two lengths, spelled differently',
    send: post('content-length: 0\r\nCONTENT-LENGTH: 3\r\n', `abc${SMUGGLED}`),
    is: refused(400),
  },
];

const NAMES: Case[] = [
  ...[
    'Transfer-Encoding : chunked',
    'Transfer-Encoding\t: chunked',
    ' Transfer-Encoding: chunked',
    '\tTransfer-Encoding: chunked',
    'Transfer-Encoding\x00: chunked',
    'Transfer-Encoding\x0b: chunked',
    'Transfer\xad-Encoding: chunked',
    'Transfer-Encoding\xff: chunked',
    'Transfer Encoding: chunked',
    'Transfer-Encoding',
    ': chunked',
    'X: y\rTransfer-Encoding: chunked',
    'X: y\nTransfer-Encoding: chunked',
    'X: y\n\rTransfer-Encoding: chunked',
    'X: y\r\n Transfer-Encoding: chunked',
    '\rTransfer-Encoding: chunked',
    '"Transfer-Encoding": chunked',
    'Transfer-Encoding\r\n: chunked',
    'Transfer-Encoding\r: chunked',
    'Content-Length : 5',
    'Content-Length\x00: 5',
    'Content-Length\r\n : 5',
    'X[]: 1',
    'X(1): 1',
    'X/1: 1',
  ].map(
    (line): Case => ({
      what: `the line ${JSON.stringify(line)}`,
      send: post(`${line}\r\n`, CHUNKED_SMUGGLE),
      is: refused(400),
    }),
  ),
];

/** CL/TE pairs and every spelling of the two names and values. */
export const FRAMING: readonly Case[] = [...LENGTH_AND_CODING, ...CODINGS, ...LENGTHS, ...NAMES];
