import { describe, expect, it } from 'vitest';
import { parseResponseHead, UpstreamProtocolError } from '../../../injector/carrier/response-head.ts';

const OK = 'HTTP/1.1 200 OK\r\n';

describe('the end of a body is known', () => {
  it.each([
    ['by its length', 'GET', `${OK}Content-Length: 12`, { kind: 'length', bytes: 12 }],
    ['by chunks', 'GET', `${OK}Transfer-Encoding: chunked`, { kind: 'chunked' }],
    ['by chunks in any letter case', 'GET', `${OK}transfer-encoding: Chunked`, { kind: 'chunked' }],
    ['by the end of the connection', 'GET', OK.trimEnd(), { kind: 'until-close' }],
    ['to be none after HEAD', 'HEAD', `${OK}Content-Length: 12`, { kind: 'none' }],
    ['to be none with 204', 'GET', 'HTTP/1.1 204 No Content', { kind: 'none' }],
    ['to be none with 304', 'GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 7', { kind: 'none' }],
  ])('%s', (_how, method, text, framing) => {
    expect(parseResponseHead(text, method).framing).toEqual(framing);
  });
});

describe('an answer that may be read in two ways is refused', () => {
  it.each([
    ['both length and coding', `${OK}Content-Length: 1\r\nTransfer-Encoding: chunked`],
    ['two lengths', `${OK}Content-Length: 1\r\nContent-Length: 2`],
    ['the same length twice', `${OK}Content-Length: 1\r\nContent-Length: 1`],
    ['a list of lengths', `${OK}Content-Length: 1, 1`],
    ['a negative length', `${OK}Content-Length: -1`],
    ['a length with a sign', `${OK}Content-Length: +1`],
    ['an empty length', `${OK}Content-Length:`],
    ['a huge length', `${OK}Content-Length: 12345678901234567890`],
    ['a coding besides chunked', `${OK}Transfer-Encoding: gzip, chunked`],
    ['two codings', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity`],
    ['a coding over HTTP/1.0', 'HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked'],
    ['a folded header', `${OK}X-A: 1\r\n  2`],
    ['a blank before the colon', `${OK}Content-Length : 1`],
    ['a line without a colon', `${OK}nonsense`],
    ['an empty name', `${OK}: x`],
    ['a bare line feed', `${OK}X-A: 1\nContent-Length: 5`],
    ['a bare carriage return', `${OK}X-A: 1\rContent-Length: 5`],
    ['a NUL', `${OK}X-A: a\0b`],
    ['another protocol', 'HTTP/2.0 200 OK'],
    ['no status', 'HTTP/1.1 OK'],
    ['a status of two digits', 'HTTP/1.1 20 OK'],
    ['a status over 599', 'HTTP/1.1 999 X'],
    ['no status line', 'X-A: 1'],
    ['too many headers', OK + Array.from({ length: 300 }, (_, n) => `X-${n}: 1`).join('\r\n')],
  ])('%s', (_what, text) => {
    expect(() => parseResponseHead(text, 'GET')).toThrow(UpstreamProtocolError);
  });
});

it('keeps order, spelling and repetition, and drops what ends at this hop', () => {
  const lines = [
    'X-B: 2',
    'x-a:1 ',
    'Set-Cookie: a',
    'Set-Cookie: b',
    'Connection: keep-alive, X-Hop',
    'X-Hop: 1',
    'Keep-Alive: timeout=5',
  ];
  const head = parseResponseHead(`${OK}${lines.join('\r\n')}`, 'GET');
  expect(head.headers).toEqual(['X-B', '2', 'x-a', '1', 'Set-Cookie', 'a', 'Set-Cookie', 'b']);
  expect(head.isReusable).toBe(true);
});

it('knows when a connection may carry another request', () => {
  const isReusable = (text: string) => parseResponseHead(text, 'GET').isReusable;
  expect(isReusable(`${OK}Connection: close`)).toBe(false);
  expect(isReusable(`${OK}Connection: X, CLOSE`)).toBe(false);
  expect(isReusable('HTTP/1.0 200 OK\r\nContent-Length: 0')).toBe(false);
});

it('takes an empty reason and one with other letters', () => {
  expect(parseResponseHead('HTTP/1.1 404', 'GET')).toMatchObject({ status: 404, reason: '' });
  expect(parseResponseHead('HTTP/1.1 404 ', 'GET')).toMatchObject({ status: 404, reason: '' });
  expect(parseResponseHead('HTTP/1.1 404 Nicht gefund\xe9n', 'GET').reason).toBe('Nicht gefund\xe9n');
});
