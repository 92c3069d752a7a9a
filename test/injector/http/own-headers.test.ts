import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInjector } from '../../../injector/create-injector.ts';
import { createOwnHeaders, OWN_HEADER_LINES, OWN_HEADERS } from '../../../injector/http/own-headers.ts';
import { PLAIN_STYLE_HASH } from '../../../injector/http/plain-page.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { modList } from '../../support/mods/mod-list.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw } from '../../support/network/raw-http.ts';

const PUBLIC = 'https://media.example.org/jf';

describe('Strict-Transport-Security', () => {
  const injector = createInjector({ mods: modList([]), clientFolder: 'dist/client', log: createKeptLog() });
  let port: number;
  beforeAll(async () => {
    port = await listen(injector.server);
  });
  afterAll(async () => {
    await injector.close();
    await shut(injector.server);
  });

  /** What the answer to a page of ours says, when the peer is a trusted proxy or not. */
  async function said(settings: object, lines: readonly string[]): Promise<string | undefined> {
    await injector.configure(
      {
        ...{ jellyfinUrl: 'http://127.0.0.1:1', trustedProxies: ['127.0.0.1'], enabledMods: {} },
        ...{ publicUrl: PUBLIC, ...settings },
      },
      undefined,
    );
    const raw = await sendRaw(
      port,
      `GET /gatehouse/reset HTTP/1.1\r\n${['Connection: close', ...lines].join('\r\n')}\r\n\r\n`,
    );
    return /\r\nStrict-Transport-Security: ([^\r]*)/i.exec(raw)?.[1];
  }

  const HTTPS = 'X-Forwarded-Proto: https';
  const HOST = 'Host: media.example.org';

  it.each([
    ['over https, by the name of public.url', {}, [HOST, HTTPS]],
    ['with a port', {}, ['Host: MEDIA.example.org:8443', HTTPS]],
    ['when the proxy names the host', {}, ['Host: inside', 'X-Forwarded-Host: media.example.org', HTTPS]],
  ])('is said %s', async (_when, settings, lines) => {
    expect(await said(settings, lines)).toBe('max-age=31536000');
  });

  it.each([
    ['over plain http', {}, [HOST]],
    ['when a stranger claims https', { trustedProxies: [] }, [HOST, HTTPS]],
    ['by another name', {}, ['Host: nas.local', HTTPS]],
    ['when public.url is plain http', { publicUrl: 'http://media.example.org' }, [HOST, HTTPS]],
    ['without public.url', { publicUrl: undefined }, [HOST, HTTPS]],
    ['when it is switched off', { hsts: false }, [HOST, HTTPS]],
  ])('is not said %s', async (_when, settings, lines) => {
    expect(await said(settings, lines)).toBeUndefined();
  });
});

describe('every answer of our own', () => {
  /** What a browser is told of each kind of thing; whatever is not named is not allowed. */
  const POLICY = {
    ...{
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': `'self' ${PLAIN_STYLE_HASH}`,
      'connect-src': "'self'",
    },
    ...{ 'img-src': "'self' data:", 'form-action': "'self'", 'object-src': "'none'", 'base-uri': "'none'" },
    ...{ 'frame-ancestors': "'none'", 'trusted-types': "'none'", 'require-trusted-types-for': "'script'" },
  };

  it('lets a page load nothing but our own files, be framed by nobody, and be kept by nobody', () => {
    const { 'Content-Security-Policy': policy, ...others } = OWN_HEADERS;
    const directives = (policy ?? '').split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')];
    });
    expect(Object.fromEntries(directives)).toEqual(POLICY);
    expect(others).toEqual({
      ...{ 'X-Content-Type-Options': 'nosniff', 'X-Frame-Options': 'DENY', 'Referrer-Policy': 'no-referrer' },
      ...{ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin' },
      'Cache-Control': 'no-store',
    });
  });

  it.each([
    ['media.example.org', 'max-age=31536000'],
    ['MEDIA.EXAMPLE.ORG:443', 'max-age=31536000'],
    ['media.example.org:1:2', undefined],
    ['media:1.example.org', undefined],
    [undefined, undefined],
  ])('has them, asked over https by the name %s, with Strict-Transport-Security %s', (host, hsts) => {
    const set = new Map<string, unknown>();
    const response = { setHeader: (name: string, value: unknown) => set.set(name, value) };
    createOwnHeaders('https://media.example.org', true)(
      { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': host } } as unknown as IncomingMessage,
      response as unknown as ServerResponse,
    );
    const expected = { ...OWN_HEADERS, ...(hsts === undefined ? {} : { 'Strict-Transport-Security': hsts }) };
    expect(Object.fromEntries(set)).toEqual(expected);
  });

  it('says the same where Node does not write it', () => {
    const lines = Object.entries(OWN_HEADERS).map(([name, value]) => `${name}: ${value}\r\n`);
    expect(OWN_HEADER_LINES).toBe(lines.join(''));
  });
});
