import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { endToEndHeaders, HOP_BY_HOP, hasBody, namedInConnection } from '../../../injector/http/headers.ts';
import { eachHeader, filterHeaders, headerNames, headerValues } from '../../../injector/http/raw-headers.ts';

describe('the names in a Connection header', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['close', ['close']],
    [' Keep-Alive ,X-Own', ['keep-alive', 'x-own']],
    [',, X-Own , ', ['x-own']],
  ])('of %j are %j', (connection, names) => {
    expect(namedInConnection(connection)).toEqual(names);
  });
});

describe('what of an answer goes to the client', () => {
  it('keeps order, spelling and repetition', () => {
    const headers = ['Set-Cookie', 'a=1', 'ETag', '"x"', 'set-cookie', 'b=2'];
    expect(endToEndHeaders(headers)).toEqual(headers);
  });

  it.each([
    ...['Connection', 'Keep-Alive', 'Proxy-Connection', 'Proxy-Authenticate', 'Proxy-Authorization'],
    ...['TE', 'Trailer', 'Transfer-Encoding', 'Upgrade'],
  ])('leaves out %s, which ends here', (name) => {
    expect(HOP_BY_HOP.has(name.toLowerCase())).toBe(true);
    expect(endToEndHeaders([name, 'x', 'ETag', '"x"'])).toEqual(['ETag', '"x"']);
  });

  it('leaves out what any Connection header names, wherever it stands', () => {
    expect(
      endToEndHeaders([
        ...['X-First', '1', 'Connection', 'x-first', 'connection', 'close, X-Second', 'X-Second', '2'],
        ...['ETag', '"x"'],
      ]),
    ).toEqual(['ETag', '"x"']);
  });

  it('keeps the framing whatever a Connection header names, and a header that is called close', () => {
    const headers = ['Content-Length', '3', 'Close', 'x', 'ETag', '"x"'];
    expect(endToEndHeaders([...headers, 'Connection', 'content-length, close, upgrade'])).toEqual(headers);
  });

  it('takes no other header for a list of names', () => {
    const headers = ['Vary', 'ETag', 'ETag', '"x"', 'Accept-Ranges', 'bytes', 'X-Connection', 'vary'];
    expect(endToEndHeaders(headers)).toEqual(headers);
  });

  it('leaves out further names that the caller gives, in any spelling', () => {
    const headers = ['Date', 'now', 'ETag', '"x"', 'DATE', 'then'];
    expect(endToEndHeaders(headers, new Set(['date']))).toEqual(['ETag', '"x"']);
  });
});

describe('a head', () => {
  it.each([
    [{}, false],
    [{ 'content-length': '0' }, false],
    [{ 'content-length': '1' }, true],
    [{ 'content-length': '12' }, true],
    [{ 'transfer-encoding': 'chunked' }, true],
    [{ 'transfer-encoding': 'chunked', 'content-length': '0' }, true],
  ])('with %j announces a body: %s', (headers, isAnnounced) => {
    expect(hasBody({ headers } as IncomingMessage)).toBe(isAnnounced);
  });
});

describe('headers as they were sent', () => {
  const SENT = ['Host', 'a', 'X-Own', '1', 'HOST', 'b'];

  it('are visited in turn, with their name in lower case, their value and their spelling', () => {
    const visited: unknown[] = [];
    eachHeader(SENT, (...header) => visited.push(header));
    expect(visited).toEqual([
      ['host', 'a', 'Host'],
      ['x-own', '1', 'X-Own'],
      ['host', 'b', 'HOST'],
    ]);
  });

  it('are passed over where a name at the end has no value', () => {
    expect(headerNames([...SENT, 'Cut'])).toEqual(['host', 'x-own', 'host']);
    expect(filterHeaders(['Cut'], () => true)).toEqual([]);
    expect(headerNames([])).toEqual([]);
  });

  it('give each value of a name, none joined', () => {
    expect(headerValues(SENT, 'host')).toEqual(['a', 'b']);
    expect(headerValues(SENT, 'x-own')).toEqual(['1']);
    expect(headerValues(SENT, 'cookie')).toEqual([]);
  });

  it('pass a test by their name in lower case, and keep their spelling', () => {
    expect(filterHeaders(SENT, (name) => name === 'host')).toEqual(['Host', 'a', 'HOST', 'b']);
  });
});
