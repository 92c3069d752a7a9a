import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { LIMITS } from '../../../injector/admission/limits.ts';
import { createPublicHosts } from '../../../injector/admission/public-hosts.ts';
import {
  toOriginForm,
  validateRequest,
  validateUpgrade,
} from '../../../injector/admission/request-validation.ts';

const HOST = ['Host', 'media.example.org'];

/** A request as Node's parser hands it out. */
function requestOf(rawHeaders: readonly string[], rest: object = {}): IncomingMessage {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers[`${rawHeaders[at]}`.toLowerCase()] = `${rawHeaders[at + 1]}`;
  const usual = { httpVersionMajor: 1, httpVersionMinor: 1, method: 'GET', url: '/' };
  const socket = { remoteAddress: '203.0.113.9' };
  return { ...usual, socket, rawHeaders, headers, ...rest } as unknown as IncomingMessage;
}

const said = (rawHeaders: readonly string[], rest?: object) => {
  const refusal = validateRequest(requestOf(rawHeaders, rest));
  return refusal === undefined ? 'let in' : `${refusal.status} ${refusal.reason}`;
};

describe('of a request', () => {
  it.each([
    ['GET', 'let in'],
    ['HEAD', 'let in'],
    ['POST', 'let in'],
    ['PUT', 'let in'],
    ['PATCH', 'let in'],
    ['DELETE', 'let in'],
    ['OPTIONS', 'let in'],
    ['TRACE', '501 method is not supported'],
    ['get', '501 method is not supported'],
    ['', '501 method is not supported'],
    [undefined, '501 method is not supported'],
  ])('the method %s is %s', (method, expected) => {
    expect(said(HOST, { method })).toBe(expected);
  });

  it.each([
    [0, '505 only HTTP/1.0 and HTTP/1.1 are spoken'],
    [2, '505 only HTTP/1.0 and HTTP/1.1 are spoken'],
    [1, 'let in'],
  ])('the version %i is %s', (httpVersionMajor, expected) => {
    expect(said(HOST, { httpVersionMajor })).toBe(expected);
  });

  it('as many headers and as long a target as may be are let in, and no more', () => {
    const lines = (count: number) => [...HOST, ...Array.from({ length: count - 1 }, () => ['X', 'x']).flat()];
    expect(said(lines(LIMITS.headerLines))).toBe('let in');
    expect(said(lines(LIMITS.headerLines + 1))).toBe('431 too many headers');
    const url = `/${'a'.repeat(LIMITS.targetBytes - 1)}`;
    expect(said(HOST, { url })).toBe('let in');
    expect(said(HOST, { url: `${url}a` })).toBe('414 target is too long');
  });

  it.each([
    ['media.example.org', true],
    ['_dmarc.Example', true],
    ['a-b.c_d.', true],
    ['1.2.3.4:8096', true],
    ['[2001:db8::1]:65535', true],
    ['[::ffff:1.2.3.4]', true],
    ['a:0', true],
    ['a:65535', true],
    ['a:65536', false],
    ['a:123456', false],
    ['a:', false],
    ['a:b', false],
    ['', false],
    ['.a', false],
    ['-a', false],
    ['a b', false],
    ['a@b', false],
    ['a/b', false],
    ['[::1', false],
    ['x[::1]', false],
    ['[::1]x', false],
    ['[]', false],
    ['[g]', false],
  ])('the Host %j is let in: %s', (host, isIn) => {
    expect(said(['Host', host])).toBe(isIn ? 'let in' : '400 Host header is not a host name');
  });

  it.each([
    [[], {}, '400 Host header is missing'],
    [[], { httpVersionMinor: 0 }, 'let in'],
    [[...HOST, ...HOST], {}, '400 more than one Host header'],
    [['Host', 'a', 'HOST', 'b'], { httpVersionMinor: 0 }, '400 more than one Host header'],
  ])('the hosts %j with %j are: %s', (headers, rest, expected) => {
    expect(said(headers, rest)).toBe(expected);
  });

  const NOT_ONE = '400 Content-Length is not one number';
  it.each([
    ['0', 'let in'],
    ['1', 'let in'],
    ['123456789012345', 'let in'],
    ['1234567890123456', NOT_ONE],
    ['01', NOT_ONE],
    ['00', NOT_ONE],
    ['', NOT_ONE],
    ['+1', NOT_ONE],
    ['-1', NOT_ONE],
    ['1 ', NOT_ONE],
    [' 1', NOT_ONE],
    ['1, 1', NOT_ONE],
    ['0x1', NOT_ONE],
  ])('the length %j is: %s', (length, expected) => {
    expect(said([...HOST, 'Content-Length', length], { method: 'POST' })).toBe(expected);
  });

  const LENGTH = ['Content-Length', '3'];
  const CHUNKED = ['Transfer-Encoding', 'chunked'];
  it.each([
    [CHUNKED, {}, 'let in'],
    [['Transfer-Encoding', 'Chunked'], {}, 'let in'],
    [[...LENGTH, ...LENGTH], {}, NOT_ONE],
    [[...LENGTH, ...CHUNKED], {}, '400 both Content-Length and Transfer-Encoding'],
    [CHUNKED, { httpVersionMinor: 0 }, '400 Transfer-Encoding over HTTP/1.0'],
    [LENGTH, { httpVersionMinor: 0 }, 'let in'],
    [[...CHUNKED, ...CHUNKED], {}, '501 Transfer-Encoding is not chunked'],
    [['Transfer-Encoding', 'gzip, chunked'], {}, '501 Transfer-Encoding is not chunked'],
    [['Transfer-Encoding', ''], {}, '501 Transfer-Encoding is not chunked'],
    [LENGTH, { method: 'GET' }, 'let in'],
    [LENGTH, { method: 'HEAD' }, 'let in'],
    [LENGTH, { method: 'OPTIONS' }, 'let in'],
    [CHUNKED, { method: 'DELETE' }, 'let in'],
    [['Content-Length', '0'], { method: 'GET' }, 'let in'],
    [LENGTH, { method: 'PUT' }, 'let in'],
    [LENGTH, { method: 'PATCH' }, 'let in'],
    [[...LENGTH, 'Upgrade', 'h2c'], {}, 'let in'],
    [['Content-Length', '0', 'Upgrade', 'h2c'], {}, 'let in'],
    [[...LENGTH, 'Expect', '100-Continue'], {}, 'let in'],
    [[...LENGTH, 'Expect', 'fireworks'], {}, '417 Expect is not 100-continue'],
    [[...LENGTH, 'Expect', '100-continue', 'Expect', '100-continue'], {}, '417 Expect is not 100-continue'],
    [['Expect', ''], {}, '417 Expect is not 100-continue'],
  ])('the framing %j with %j is: %s', (headers, rest, expected) => {
    expect(said([...HOST, ...headers], { method: 'POST', ...rest })).toBe(expected);
  });

  const STRANGE = '400 path has a plain backslash, a NUL or a fragment';
  const BROKEN = '400 path has a broken percent encoding';
  it.each([
    ['/', 'let in'],
    ['/a%2Fb?x=\\#%zz%00', 'let in'],
    ['/%C3%a9%09', 'let in'],
    ['', '400 request target is not a path'],
    [undefined, '400 request target is not a path'],
    ['*', '400 request target is not a path'],
    ['http://media.example.org/', '400 request target is not a path'],
    ['/a\\b', STRANGE],
    ['/a#b', STRANGE],
    ['/a%00', STRANGE],
    ['/a%5Cb', 'let in'],
    ['/%', BROKEN],
    ['/%1', BROKEN],
    ['/%g1', BROKEN],
    ['/%1g', BROKEN],
    ['/%%41', BROKEN],
  ])('the target %j is: %s', (url, expected) => {
    expect(said(HOST, { url })).toBe(expected);
  });
});

describe('of an upgrade', () => {
  const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';
  const NOT_16 = '400 WebSocket key is not 16 bytes';
  it.each([
    ['13', KEY, {}, '', 'let in'],
    ['13', 'abcXYZ019+/abcXYZ019+/==', {}, '', 'let in'],
    ['13', KEY, { httpVersionMinor: 0 }, '', '400 an upgrade over HTTP/1.0'],
    ['13', KEY, {}, 'x', '400 bytes behind an upgrade'],
    ['8', KEY, {}, '', '426 WebSocket version is not 13'],
    [undefined, KEY, {}, '', '426 WebSocket version is not 13'],
    ['13', undefined, {}, '', NOT_16],
    ['13', KEY.slice(1), {}, '', NOT_16],
    ['13', `A${KEY}`, {}, '', NOT_16],
    ['13', `${KEY}A`, {}, '', NOT_16],
    ['13', KEY.replace('==', ''), {}, '', NOT_16],
    ['13', KEY.replace('A', '!'), {}, '', NOT_16],
  ])('version %s with key %s, %j and %j is: %s', (version, key, rest, head, expected) => {
    const headers = { 'sec-websocket-version': version, 'sec-websocket-key': key };
    const refusal = validateUpgrade(requestOf([], { headers, ...rest }), Buffer.from(head));
    expect(refusal === undefined ? 'let in' : `${refusal.status} ${refusal.reason}`).toBe(expected);
  });
});

describe('the absolute form', () => {
  it.each([
    ['http://a/x?y', 'a', '/x?y'],
    ['HTTPS://A:80/x', 'a:80', '/x'],
    ['http://a', 'A', '/'],
    ['http://a/x', 'b', undefined],
    ['http://a/x', undefined, undefined],
    ['http://a/x#y', 'a', undefined],
    ['http://a?x', 'a', '/?x'],
    ['http://a\\b/x', 'a\\b', undefined],
    ['http://u@a/x', 'u@a', undefined],
    ['http:///x', '', undefined],
    ['ftp://a/x', 'a', undefined],
    ['/http://a/x', 'a', undefined],
    ['/x', 'a', undefined],
  ])('%s at host %s is %s', (target, host, expected) => {
    expect(toOriginForm(target, host)).toBe(expected ?? target);
  });
});

describe('a name we are asked by', () => {
  const refused = { status: 421, reason: 'host is not one of public.hosts' };
  const refuseHost = (names: string[], headers: string[], remoteAddress = '203.0.113.9') =>
    createPublicHosts(names, createClientAddresses(['10.0.0.1'])).validate(
      requestOf(headers, { socket: { remoteAddress } }),
    );

  it.each([
    ['Media.Example.ORG:8096', ['media.example.org'], true],
    ['media.example.org.', ['media.example.org'], true],
    ['media.example.org', ['MEDIA.example.org.:443'], true],
    ['[::1]:8096', ['[::1]'], true],
    ['192.168.1.5', ['media.example.org', '192.168.1.5'], true],
    ['anything', [], true],
    ['elsewhere.example', ['media.example.org'], false],
    ['xmedia.example.org', ['media.example.org'], false],
    ['media.example.org:80:80', ['media.example.org'], false],
    ['media.example.org..', ['media.example.org'], false],
    ['media:80.example.org', ['media.example.org'], false],
    ['mediaxexample.org', ['media.example.org'], false],
  ])('%s, where %j are ours, is taken: %s', (host, names, isTaken) => {
    expect(refuseHost(names, ['Host', host])).toEqual(isTaken ? undefined : refused);
  });

  it('must be there, and is what a trusted proxy was asked by', () => {
    expect(refuseHost(['a'], [])).toEqual(refused);
    const headers = ['Host', 'inside', 'X-Forwarded-Host', 'a'];
    expect(refuseHost(['a'], headers, '10.0.0.1')).toBeUndefined();
    expect(refuseHost(['a'], headers)).toEqual(refused);
  });
});
