import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { CLAIMS, findHiddenClient, isHandedOn } from '../../../injector/addresses/proxy-marks.ts';

const PROXY = '10.0.0.1';
const ADDRESSES = createClientAddresses([PROXY]);

function requestOf(remoteAddress: string, ...rawHeaders: string[]): IncomingMessage {
  return { rawHeaders, socket: { remoteAddress } } as unknown as IncomingMessage;
}

describe('a request that a proxy hands on', () => {
  it.each([
    ...CLAIMS,
    ...['via', 'cdn-loop', 'cf-ray', 'cf-visitor', 'x-amzn-trace-id', 'x-azure-clientip', 'x-arr-log-id'],
    ...['x-scheme', 'x-url-scheme', 'front-end-https', 'x-real-port', 'x-proxy-user-ip', 'x-remote-ip'],
    ...[
      'x-original-forwarded-for',
      'surrogate-capability',
      'x-varnish',
      'proxy-client-ip',
      'wl-proxy-client-ip',
    ],
    ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-made-up'],
  ])('is known by %s, in any spelling and at any place', (name) => {
    expect(isHandedOn(requestOf(PROXY, 'Host', 'a', name, 'x'))).toBe(true);
    expect(isHandedOn(requestOf(PROXY, name.toUpperCase(), 'x', 'Host', 'a'))).toBe(true);
  });

  it('is not known by what browsers and apps send', () => {
    const own = [
      'Host',
      'a',
      'Cookie',
      'via=1',
      'X-Emby-Token',
      'x-real-ip',
      'X-Forwardedness',
      '1',
      'X-X-Forwarded-For',
      '1',
    ];
    expect(isHandedOn(requestOf(PROXY, ...own))).toBe(false);
    expect(isHandedOn(requestOf(PROXY))).toBe(false);
  });
});

describe('a client', () => {
  it.each([
    ['nothing but what browsers send', '203.0.113.9', [], undefined],
    ['a mark of a proxy that is not trusted', '203.0.113.9', ['Via', '1.1 x'], 'unnamed'],
    ['an address of a proxy that is not trusted', '203.0.113.9', ['X-Forwarded-For', '1.2.3.4'], 'unnamed'],
    ['a mark of a trusted one without an address', PROXY, ['Via', '1.1 x'], 'silent'],
    ['a trusted one that gives an address', PROXY, ['X-Forwarded-For', '1.2.3.4'], undefined],
    ['a trusted one that gives no address', PROXY, ['X-Forwarded-For', 'unknown'], 'silent'],
    [
      ...(['two headers of a trusted one of which the last has the address', PROXY] as const),
      ['X-Forwarded-For', 'unknown', 'X-Forwarded-For', '1.2.3.4'],
      undefined,
    ],
    [
      ...(['two headers of a trusted one of which the last has none', PROXY] as const),
      ['X-Forwarded-For', '1.2.3.4', 'X-Forwarded-For', 'unknown'],
      'silent',
    ],
  ] as const)('behind %s: %s %j is hidden as %s', (_what, peer, headers, hidden) => {
    expect(findHiddenClient(requestOf(peer, 'Host', 'a', ...headers), ADDRESSES)).toBe(hidden);
  });
});
