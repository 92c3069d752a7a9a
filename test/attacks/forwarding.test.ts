import { isIP } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFront, type Front } from './front.ts';
import { createRecordingUpstream, type RecordingUpstream } from './smuggling/recording-upstream.ts';
import { exchange, statusesOf } from './smuggling/sockets.ts';

let upstream: RecordingUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createRecordingUpstream();
  front = await createFront(upstream.port);
});
beforeEach(() => upstream.forget());
afterAll(async () => {
  await front.close();
  await upstream.close();
});

/** Sends a GET with these header lines; answers what arrived, by name. */
async function arrivedWith(
  lines: readonly string[],
  host = 'media.example.org',
): Promise<Map<string, string[]>> {
  const head = [`GET /a HTTP/1.1`, `Host: ${host}`, ...lines].join('\r\n');
  await exchange(front.port, [`${head}\r\n\r\n`], 1);
  const { requests, faults } = upstream.arrived();
  expect(faults).toEqual([]);
  expect(requests.length).toBe(1);
  const found = new Map<string, string[]>();
  for (const [name, value] of requests[0]?.headers ?? [])
    found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

/** Names by which somebody may claim an address, a scheme, a host or a path. Source: what common proxies and CDNs send. */
const CLAIMS = [
  ...['X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Prefix'],
  ...['Forwarded', 'X-Real-IP', 'X-Client-IP', 'CF-Connecting-IP', 'True-Client-IP', 'X-Original-URL'],
  ...['X-Rewrite-URL', 'X-Forwarded-Protocol', 'X-Original-Host', 'X-Forwarded-Scheme', 'X-Forwarded-Server'],
  ...[
    'X-Cluster-Client-IP',
    'Fastly-Client-IP',
    'X-Host',
    'X-Original-For',
    'X-Original-Proto',
    'X-Forwarded',
  ],
  ...['X-Forwarded-Ssl', 'X-Envoy-External-Address', 'CF-Connecting-IPv6', 'Fly-Client-IP'],
];
const REBUILT: Readonly<Record<string, string>> = {
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'media.example.org',
};

describe('a claim of somebody who is not trusted does not arrive', () => {
  const spell = {
    'as usual': (name: string) => name,
    'in capitals': (name: string) => name.toUpperCase(),
    'in small letters': (name: string) => name.toLowerCase(),
  };
  it.each(CLAIMS)('%s', async (name) => {
    for (const [how, write] of Object.entries(spell)) {
      upstream.forget();
      const values = ['203.0.113.66', 'evil.example', 'https', '/evil'];
      const arrived = await arrivedWith(values.map((value) => `${write(name)}: ${value}`));
      const own = REBUILT[name.toLowerCase()];
      expect(arrived.get(name.toLowerCase()), how).toEqual(own === undefined ? undefined : [own]);
      const text = JSON.stringify([...arrived]);
      for (const value of values) expect(text, how).not.toContain(value);
    }
  });

  it('all of them at once, and our own three stand alone', async () => {
    const arrived = await arrivedWith(CLAIMS.map((name) => `${name}: 203.0.113.66`));
    for (const [name, value] of Object.entries(REBUILT)) expect(arrived.get(name)).toEqual([value]);
    expect(JSON.stringify([...arrived])).not.toContain('203.0.113.66');
  });
});

describe('of a trusted proxy, the rightmost address that is not trusted counts', () => {
  const TRUSTED = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];
  beforeAll(() => front.configure({ trustedProxies: TRUSTED }));
  afterAll(() => front.configure({}));
  it.each([
    [[], '127.0.0.1'],
    [[''], '127.0.0.1'],
    [[','], '127.0.0.1'],
    [['203.0.113.9'], '203.0.113.9'],
    [['1.1.1.1, 203.0.113.9'], '203.0.113.9'],
    [['1.1.1.1', '203.0.113.9'], '203.0.113.9'],
    [['203.0.113.9', '10.1.2.3'], '203.0.113.9'],
    [['203.0.113.9, 10.1.2.3, 10.1.2.4'], '203.0.113.9'],
    [['10.1.2.3, 10.1.2.4'], '10.1.2.3'],
    [['127.0.0.1'], '127.0.0.1'],
    [['192.168.1.5, 203.0.113.9'], '203.0.113.9'],
    [['203.0.113.9, 192.168.1.5'], '192.168.1.5'],
    [['203.0.113.9:4711'], '203.0.113.9'],
    [['[2001:db8::7]:443'], '2001:db8::7'],
    [['[2001:db8::7]'], '2001:db8::7'],
    [['2001:db8::7'], '2001:db8::7'],
    [['2001:DB8::7'], '2001:db8::7'],
    [['::ffff:203.0.113.9'], '203.0.113.9'],
    [['::ffff:10.1.2.3'], '10.1.2.3'],
    [['203.0.113.9, ::ffff:10.1.2.3'], '203.0.113.9'],
    [['203.0.113.9, fd00::1'], '203.0.113.9'],
    [['fe80::1%eth0'], 'fe80::1'],
    [['203.0.113.9,10.1.2.3'], '203.0.113.9'],
    [['\t203.0.113.9 ,\t10.1.2.3 '], '203.0.113.9'],
    [['unknown'], '127.0.0.1'],
    [['203.0.113.9, unknown'], '127.0.0.1'],
    [['203.0.113.9, unknown, 10.1.2.3'], '10.1.2.3'],
    [['_hidden'], '127.0.0.1'],
    [['203.0.113.256'], '127.0.0.1'],
    [['203.0.113'], '127.0.0.1'],
    [['0x7f.1'], '127.0.0.1'],
    [['3405803785'], '127.0.0.1'],
    [['010.0.0.1'], '127.0.0.1'],
    [['203.0.113.9; DROP'], '127.0.0.1'],
    [['"203.0.113.9"'], '127.0.0.1'],
    [['for=203.0.113.9'], '127.0.0.1'],
    [['203.0.113.9/32'], '127.0.0.1'],
    [['203.0.113.9:99999'], '203.0.113.9'],
    [[`${'1.1.1.1, '.repeat(500)}203.0.113.9`], '203.0.113.9'],
  ])('X-Forwarded-For %j is %s', async (values, expected) => {
    const arrived = await arrivedWith(values.map((value) => `X-Forwarded-For: ${value}`));
    expect(arrived.get('x-forwarded-for')).toEqual([expected]);
    expect(isIP(expected)).not.toBe(0);
  });

  it('its scheme and host are taken when they are such', async () => {
    const said = await arrivedWith(['X-Forwarded-Proto: HTTPS', 'X-Forwarded-Host: films.example']);
    expect(said.get('x-forwarded-proto')).toEqual(['https']);
    expect(said.get('x-forwarded-host')).toEqual(['films.example']);
    upstream.forget();
    const nonsense = await arrivedWith(['X-Forwarded-Proto: gopher', 'X-Forwarded-Host: <a>']);
    expect(nonsense.get('x-forwarded-proto')).toEqual(['http']);
    expect(nonsense.get('x-forwarded-host')).toEqual(['media.example.org']);
  });

  it('its other claims are not', async () => {
    const arrived = await arrivedWith(['X-Real-IP: 203.0.113.66', 'Forwarded: for=203.0.113.66']);
    expect(JSON.stringify([...arrived])).not.toContain('203.0.113.66');
  });
});

describe('public.hosts', () => {
  const HOSTS = ['media.example.org', 'nas', '192.168.1.5', '[fd00::5]'];
  beforeAll(() => front.configure({ publicHosts: HOSTS }));
  afterAll(() => front.configure({}));
  const ask = async (host: string, lines = '', path = '/a'): Promise<number | undefined> => {
    const { raw } = await exchange(front.port, [`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${lines}\r\n`], 1);
    return statusesOf(raw)[0];
  };

  it.each([
    ...['evil.example', 'media.example.org.evil.example', 'evil-media.example.org', 'xmedia.example.org'],
    ...['example.org', 'localhost', '127.0.0.1', '127.0.0.1.nip.io', '192.168.1.5.nip.io', '192.168.1.50'],
    ...['[::1]', '[fd00::6]', 'nas.evil.example', 'na', 'nas_', '0', '2130706433', '0x7f000001'],
    ...['media_example.org', 'media.example.org..'],
  ])('refuses %s with 421 before anything is forwarded', async (host) => {
    for (const port of ['', ':80', ':8097']) expect(await ask(`${host}${port}`)).toBe(421);
    expect(await ask(host, 'X-Forwarded-Host: media.example.org\r\n')).toBe(421);
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
    expect(await ask(host, upgrade, '/socket')).toBe(421);
    expect(upstream.arrived().requests).toEqual([]);
  });

  it.each([
    ...['media.example.org', 'MEDIA.EXAMPLE.ORG', 'media.example.org:8097', 'media.example.org.'],
    ...['nas', 'nas:80', '192.168.1.5', '192.168.1.5:8097', '[fd00::5]', '[FD00::5]:8097'],
  ])('takes %s', async (host) => {
    expect(await ask(host)).toBe(200);
  });

  it('refuses a request over HTTP/1.0 that names none', async () => {
    const { raw } = await exchange(front.port, ['GET /a HTTP/1.0\r\n\r\n'], 1);
    expect(statusesOf(raw)).toEqual([421]);
    expect(upstream.arrived().requests).toEqual([]);
  });

  it('goes by the name a trusted proxy was asked by', async () => {
    await front.configure({ publicHosts: HOSTS, trustedProxies: ['127.0.0.1'] });
    expect(await ask('gatehouse:8097', 'X-Forwarded-Host: media.example.org\r\n')).toBe(200);
    expect(await ask('media.example.org', 'X-Forwarded-Host: evil.example\r\n')).toBe(421);
    await front.configure({ publicHosts: HOSTS });
  });
});
