import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { hostOf, setForwardedHeaders } from '../../../injector/addresses/forwarded-headers.ts';
import { CLAIMS } from '../../../injector/addresses/proxy-marks.ts';

const PROXY = '10.0.0.1';
const STRANGER = '203.0.113.9';
const ADDRESSES = createClientAddresses([PROXY]);

function requestOf(headers: IncomingHttpHeaders | object, remoteAddress = STRANGER, encrypted?: boolean) {
  const socket = encrypted === undefined ? { remoteAddress } : { remoteAddress, encrypted };
  return { headers: { ...headers }, socket } as IncomingMessage;
}

/** What Jellyfin gets of some headers. */
function sent(headers: IncomingHttpHeaders | object, peer?: string, isUpgrade?: boolean): object {
  const request = requestOf(headers, peer);
  setForwardedHeaders(request, ADDRESSES, isUpgrade);
  return request.headers;
}

/** What everybody's request has in the end. */
const OURS = { 'x-forwarded-for': STRANGER, 'x-forwarded-proto': 'http' };

describe('the client address', () => {
  it('is one address, of the peer or of whom a trusted proxy names', () => {
    const forwarded = { 'x-forwarded-for': '9.9.9.9, 1.2.3.4' };
    const own = requestOf(forwarded);
    expect(setForwardedHeaders(own, ADDRESSES)).toBe(STRANGER);
    expect(own.headers).toEqual(OURS);
    const proxied = requestOf(forwarded, PROXY);
    expect(setForwardedHeaders(proxied, ADDRESSES)).toBe('1.2.3.4');
    expect(proxied.headers['x-forwarded-for']).toBe('1.2.3.4');
  });

  it('is read from a header that was given more than once', () => {
    expect(sent({ 'x-forwarded-for': ['9.9.9.9', '1.2.3.4'] }, PROXY)).toMatchObject({
      'x-forwarded-for': '1.2.3.4',
    });
  });

  it('is told when everybody on the way names one', () => {
    expect(ADDRESSES.isNamed(PROXY, '1.2.3.4')).toBe(true);
    expect(ADDRESSES.isNamed(PROXY, '1.2.3.4, unknown')).toBe(false);
    expect(ADDRESSES.isNamed(PROXY, '')).toBe(false);
    expect(ADDRESSES.isNamed(STRANGER, 'unknown')).toBe(true);
  });

  it('stays what it is when it is set again', () => {
    const request = requestOf({ host: 'a', connection: 'x-own, close', 'x-own': '1' });
    setForwardedHeaders(request, ADDRESSES);
    const once = { ...request.headers };
    setForwardedHeaders(request, ADDRESSES);
    expect(request.headers).toEqual(once);
  });
});

describe('the scheme', () => {
  it.each([
    ['http of an open connection', {}, STRANGER, undefined, 'http'],
    ['https of an encrypted one', {}, STRANGER, true, 'https'],
    ['http of one that failed to be encrypted', {}, STRANGER, false, 'http'],
    ['what a trusted proxy says', { 'x-forwarded-proto': ' HTTPS ' }, PROXY, undefined, 'https'],
    ['http when a trusted proxy says so behind TLS', { 'x-forwarded-proto': 'http' }, PROXY, true, 'http'],
    ['our own when a trusted proxy says nonsense', { 'x-forwarded-proto': 'ftp' }, PROXY, undefined, 'http'],
    [
      'our own when a trusted proxy says two',
      { 'x-forwarded-proto': 'https, https' },
      PROXY,
      undefined,
      'http',
    ],
    ['our own when a stranger says another', { 'x-forwarded-proto': 'https' }, STRANGER, undefined, 'http'],
  ])('is %s', (_what, headers, peer, encrypted, scheme) => {
    const request = requestOf(headers, peer, encrypted);
    setForwardedHeaders(request, ADDRESSES);
    expect(request.headers['x-forwarded-proto']).toBe(scheme);
  });
});

describe('the host', () => {
  it.each([
    ['media.example.org', 'media.example.org'],
    ['MEDIA.example.org:8096', 'MEDIA.example.org:8096'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['[::1]:8096', '[::1]:8096'],
    ['1.2.3.4:80', '1.2.3.4:80'],
    ['a b', 'own'],
    ['a/b', 'own'],
    ['a:123456', 'own'],
    ['a:', 'own'],
    ['a:x', 'own'],
    ['x@a', 'own'],
    ['', 'own'],
    ['a, b', 'own'],
    ['[::1', 'own'],
    ['x[::1]', 'own'],
    ['[::1]x', 'own'],
    ['[::1]:123456', 'own'],
    ['[]', 'own'],
  ])('that a trusted proxy gives as %j is %j', (claimed, host) => {
    expect(sent({ host: 'own', 'x-forwarded-host': claimed }, PROXY)).toMatchObject({
      'x-forwarded-host': host,
    });
    expect(hostOf(requestOf({ host: 'own', 'x-forwarded-host': claimed }, PROXY), ADDRESSES)).toBe(host);
  });

  it('is the Host header, whatever a stranger claims, and nothing without one', () => {
    expect(sent({ host: 'own', 'x-forwarded-host': 'theirs' })).toEqual({
      ...OURS,
      host: 'own',
      'x-forwarded-host': 'own',
    });
    expect(sent({ 'x-forwarded-host': 'theirs' })).toEqual(OURS);
    expect(Object.keys(sent({}))).not.toContain('x-forwarded-host');
    expect(hostOf(requestOf({}, PROXY), ADDRESSES)).toBeUndefined();
    expect(hostOf(requestOf({ host: 'own' }, PROXY), ADDRESSES)).toBe('own');
  });
});

describe('what somebody claims in another header', () => {
  it.each([
    ...['forwarded', 'x-real-ip', 'x-client-ip', 'x-cluster-client-ip', 'cf-connecting-ip', 'true-client-ip'],
    ...['fastly-client-ip', 'fly-client-ip', 'x-envoy-external-address', 'cf-connecting-ipv6', 'x-forwarded'],
    ...[
      'x-forwarded-by',
      'x-forwarded-ssl',
      'x-forwarded-port',
      'x-forwarded-prefix',
      'x-forwarded-protocol',
    ],
    ...['x-forwarded-scheme', 'x-forwarded-server', 'x-original-url', 'x-original-host', 'x-original-for'],
    ...['x-original-proto', 'x-original-prefix', 'x-rewrite-url', 'x-host'],
  ])('goes nowhere, from a stranger or a trusted proxy: %s', (name) => {
    expect(CLAIMS).toContain(name);
    expect(sent({ [name]: 'x' })).toEqual(OURS);
    expect(sent({ [name]: 'x' }, PROXY)).toEqual({ ...OURS, 'x-forwarded-for': PROXY });
  });
});

describe('what ends at this hop', () => {
  it('is removed, with all that Connection names', () => {
    expect(
      sent({
        ...{
          connection: 'keep-alive, X-Own',
          'keep-alive': 'timeout=5',
          'x-own': '1',
          'proxy-connection': 'x',
        },
        ...{ 'proxy-authenticate': 'x', 'proxy-authorization': 'x', te: 'trailers', trailer: 'x' },
        ...{ upgrade: 'h2c', expect: '100-continue', 'x-kept': '2' },
      }),
    ).toEqual({ ...OURS, 'x-kept': '2' });
  });

  it.each([
    ...['host', 'authorization', 'content-length', 'content-type', 'cookie', 'x-emby-authorization'],
    ...['x-emby-token', 'x-mediabrowser-token'],
  ])('is never %s, whatever Connection says', (name) => {
    expect(sent({ connection: `close, ${name}`, [name]: 'kept' })).toMatchObject({ [name]: 'kept' });
  });

  it('is not the framing of a body, which is left in one spelling', () => {
    expect(sent({ connection: 'transfer-encoding', 'transfer-encoding': 'Chunked' })).toEqual({
      ...OURS,
      'transfer-encoding': 'chunked',
    });
    expect(sent({})).toEqual(OURS);
  });

  it('is not the upgrade of a WebSocket', () => {
    const headers = { connection: 'keep-alive, upgrade', upgrade: 'websocket', 'keep-alive': 'x' };
    expect(sent(headers, STRANGER, true)).toEqual({ ...OURS, connection: 'Upgrade', upgrade: 'websocket' });
    expect(sent(headers)).toEqual(OURS);
  });
});
