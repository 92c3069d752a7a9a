import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedFront, openGuardedFront } from '../../support/network/guarded-front.ts';

const OUTSIDE = '203.0.113.7';

describe('a proxy in front that is not in trustedProxies', () => {
  let front: GuardedFront;
  beforeAll(async () => {
    front = await openGuardedFront({ knownProxies: ['127.0.0.1'] });
  });
  afterAll(() => front.close());

  it('makes nobody a person of the home network, and is named once', async () => {
    await front.setUp('each-client', { trustedProxies: [] });
    for (const headers of [
      'X-Forwarded-For: 203.0.113.7\r\n',
      'Forwarded: for=203.0.113.7\r\n',
      'X-Real-IP: x\r\n',
      'Via: 1.1 cache\r\n',
      'X-Forwarded-Host: media.example\r\n',
      'X-Forwarded-Proto: https\r\n',
      'X-Forwarded-Anything: x\r\n',
      'CDN-Loop: cdn\r\n',
      'X-Original-URL: /\r\n',
    ]) {
      expect(await front.ask('POST /System/Restart', undefined, `${headers}Content-Length: 0\r\n`)).toBe(403);
    }
    expect(front.log.lines.filter(({ event }) => event === 'trusted-proxies-missing')).toHaveLength(1);
    expect(await front.ask('GET /System/Info/Public', OUTSIDE)).toBe(200);
    expect(await front.ask('POST /Users/ForgotPassword', undefined, 'Content-Length: 0\r\n')).toBe(415);
  });
});

describe('a proxy in trustedProxies that names no client', () => {
  let front: GuardedFront;
  beforeAll(async () => {
    front = await openGuardedFront({ knownProxies: ['127.0.0.1'] });
  });
  afterAll(() => front.close());

  it.each([
    'Via: 1.1 cache\r\n',
    'X-Forwarded-Host: a\r\n',
    'X-Forwarded-For: unknown\r\n',
    'X-Real-IP: 10.0.0.9\r\n',
  ])('makes nobody a person of the home network: %s', async (header) => {
    await front.setUp('each-client');
    expect(await front.ask('POST /System/Restart', undefined, `${header}Content-Length: 0\r\n`)).toBe(403);
    expect(front.log.lines.filter(({ event }) => event === 'forwarded-for-missing')).toHaveLength(1);
    expect(front.log.lines.map(({ event }) => event)).not.toContain('trusted-proxies-missing');
    await front.setUp('unknown');
    front.log.lines.length = 0;
  });
});
