import { type Case, CUT, forwarded, HOST, SMUGGLED } from '../case.ts';

/** A chunked POST whose body is sent as given. */
const chunked = (body: string): string =>
  `POST /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n${body}`;
const END = '0\r\n\r\n';
const cut = (what: string, body: string): Case => ({ what, send: chunked(`${body}${SMUGGLED}`), is: CUT });
const whole = (what: string, body: string, read: string): Case => ({
  what,
  send: chunked(body),
  is: forwarded(`POST /a ${read}`.trim()),
});

const huge = (what: string, body: string): Case => ({
  what,
  send: chunked(`${body}${SMUGGLED}`),
  is: { cut: true, byClient: true },
});

/** Spellings of a chunk's size and end, and the tricks with terminators published in 2025. */
export const CHUNKS: readonly Case[] = [
  whole('one chunk', `3\r\nabc\r\n${END}`, 'abc'),
  whole('many chunks', `1\r\na\r\n2\r\nbc\r\n${END}`, 'abc'),
  whole('no chunk but the last', END, ''),
  whole('a size in capitals', `A\r\n0123456789\r\n${END}`, '0123456789'),
  whole('a size with zeros before', `0003\r\nabc\r\n${END}`, 'abc'),
  whole('a last chunk of several zeros', '3\r\nabc\r\n000\r\n\r\n', 'abc'),
  whole('an extension, which ends at us', `3;name=value\r\nabc\r\n${END}`, 'abc'),
  whole('a quoted extension', `3;name="a;b"\r\nabc\r\n${END}`, 'abc'),
  whole('a trailer', '3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n', 'abc'),
  cut('a trailer that names a length', '3\r\nabc\r\n0\r\nContent-Length: 500\r\n\r\n'),
  whole('data that looks like a last chunk', `5\r\n0\r\n\r\n\r\n${END}`, '0\r\n\r\n'),
  {
    what: 'one byte after the other',
    send: [chunked(''), ...`1\r\na\r\n${END}`],
    is: forwarded('POST /a a'),
  },
  cut('a size with 0x', `0x3\r\nabc\r\n${END}`),
  cut('a size with a sign', `+3\r\nabc\r\n${END}`),
  cut('a negative size', `-3\r\nabc\r\n${END}`),
  cut('a blank before the size', ` 3\r\nabc\r\n${END}`),
  cut('a tab behind the size', `3\t\r\nabc\r\n${END}`),
  cut('a letter behind the size', `3x\r\nabc\r\n${END}`),
  cut('a comma behind the size', `3,\r\nabc\r\n${END}`),
  cut('an underscore in the size', `0_3\r\nabc\r\n${END}`),
  cut('a dot in the size', `3.0\r\nabc\r\n${END}`),
  cut('no size', `\r\nabc\r\n${END}`),
  cut('only an extension', `;a\r\nabc\r\n${END}`),
  cut('a size of 65 bits', `10000000000000003\r\nabc\r\n${END}`),
  huge('a size of 64 bits', `FFFFFFFFFFFFFFFF\r\nabc\r\n${END}`),
  huge('a size of 32 bits and one more', `100000003\r\nabc\r\n${END}`),
  cut('a NUL in the size', `3\x00\r\nabc\r\n${END}`),
  cut('a line feed behind the size', `3\nabc\r\n${END}`),
  cut('a carriage return behind the size', `3\rabc\r\n${END}`),
  cut('a line feed behind the data', `3\r\nabc\n${END}`),
  cut('nothing behind the data', `3\r\nabc${END}`),
  cut('more data than said', `3\r\nabcdef\r\n${END}`),
  cut('less data than said', `5\r\nabc\r\n${END}`),
  cut('two other bytes behind the data', `3\r\nabcXX${END}`),
  cut('two line ends behind the data', `3\r\nabc\r\n\r\n${END}`),
  cut('a line feed behind the last size', '3\r\nabc\r\n0\n\r\n'),
  cut('a line feed behind the last chunk', '3\r\nabc\r\n0\r\n\n'),
  cut('two line feeds at the end', '3\r\nabc\r\n0\n\n'),
  cut('carriage return, then another byte, at the end', '3\r\nabc\r\n0\r\n\rX'),
  cut('an extension that ends in a line feed (TERM.EXT)', `3;a\nabc\r\n${END}`),
  cut('a line feed inside an extension (EXT.TERM)', `3;a\nb\r\nabc\r\n${END}`),
  cut('a carriage return inside an extension', `3;a\rb\r\nabc\r\n${END}`),
  cut('a NUL inside an extension', `3;a\x00b\r\nabc\r\n${END}`),
  cut('an extension with a line feed over a whole request', `2;\nxx\r\n4c\r\n${END}`),
  cut('one byte too many before the end of a chunk (TERM.SPILL)', `5\r\nAAAAAXX2\r\n45\r\n${END}`),
  cut('a spill that ends in a line feed (SPILL.TERM)', `5\r\nAAAAA\n2\r\n45\r\n${END}`),
  cut('one line feed for two (ONE.TWO)', `2\r\nxx\n\r\n45\r\n${END}`),
  cut('two line ends for one (TWO.ONE)', `2\r\nxx\r\n\n45\r\n${END}`),
  cut('an extension of 64 kB', `3;${'a'.repeat(64 * 1024)}\r\nabc\r\n${END}`),
  whole(
    'extensions of 1 kB on a hundred chunks',
    `${`1;${'a'.repeat(1024)}\r\nx\r\n`.repeat(100)}${END}`,
    'x'.repeat(100),
  ),
  cut('a folded trailer', '3\r\nabc\r\n0\r\nX: 1\r\n 2\r\n\r\n'),
  cut('a trailer that ends in a line feed', '3\r\nabc\r\n0\r\nX: 1\nY: 2\r\n\r\n'),
  cut('a trailer with a blank before the colon', '3\r\nabc\r\n0\r\nX : 1\r\n\r\n'),
  cut('a trailer without a colon', '3\r\nabc\r\n0\r\nX\r\n\r\n'),
  cut('a trailer of 64 kB', `3\r\nabc\r\n0\r\nX: ${'a'.repeat(64 * 1024)}\r\n\r\n`),
];
