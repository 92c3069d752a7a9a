import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';
import { createFront, type Front } from '../front.ts';
import { createScriptedUpstream, type ScriptedUpstream } from '../scripted-upstream.ts';

/** What ASVS 5.0 3.4 wants on an answer of ours, and nothing of it twice or weaker. */
const WANTED: Readonly<Record<string, RegExp>> = {
  'content-security-policy':
    /^default-src 'none'; .*object-src 'none'; base-uri 'none'; frame-ancestors 'none'; .*require-trusted-types-for 'script'$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^no-referrer$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'cache-control': /^no-store$/,
  connection: /^close$/i,
};

const HOST = 'Host: media.example.org';
const UPGRADE = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13`;
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';

/** Requests that are refused whatever their path, with the status they are refused with. */
const REFUSED: readonly (readonly [what: string, status: number, head: string])[] = [
  ['no Host', 400, 'GET PATH HTTP/1.1\r\nX: y'],
  ['two Hosts', 400, `GET PATH HTTP/1.1\r\n${HOST}\r\n${HOST}`],
  ['another name', 421, 'GET PATH HTTP/1.1\r\nHost: evil.example'],
  ['two lengths', 400, `POST PATH HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\nContent-Length: 2`],
  [
    'length and coding',
    400,
    `POST PATH HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked`,
  ],
  ['another coding', 501, `POST PATH HTTP/1.1\r\n${HOST}\r\nTransfer-Encoding: gzip, chunked`],
  ['a body on a socket', 400, `GET PATH HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\n${KEY}\r\nContent-Length: 3`],
  ['a broken line', 400, `GET PATH HTTP/1.1\r\n${HOST}\r\nno colon`],
  ['no request at all', 400, 'hello'],
  ['TLS on the plain port', 400, '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['another expectation', 417, `GET PATH HTTP/1.1\r\n${HOST}\r\nExpect: cake`],
  ['a method of no use', 501, `TRACE PATH HTTP/1.1\r\n${HOST}`],
  ['a tunnel', 501, `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}`],
  ['a target that is too long', 414, `GET PATH${'x'.repeat(9_000)} HTTP/1.1\r\n${HOST}`],
  ['a head that is too large', 431, `GET PATH HTTP/1.1\r\n${HOST}\r\nX: ${'x'.repeat(40_000)}`],
  ['too many lines', 431, `GET PATH HTTP/1.1\r\n${HOST}\r\n${'X: y\r\n'.repeat(120)}X: y`],
  ['a broken percent sign', 400, `GET PATH%zz HTTP/1.1\r\n${HOST}`],
  ['another host in the target', 400, `GET http://evil.example/ HTTP/1.1\r\n${HOST}`],
  ['a socket of another version', 426, `GET PATH HTTP/1.1\r\n${HOST}\r\n${UPGRADE}2\r\n${KEY}`],
  ['a socket without a key', 400, `GET PATH HTTP/1.1\r\n${HOST}\r\n${UPGRADE}`],
  ['a socket by another name', 421, `GET PATH HTTP/1.1\r\nHost: evil.example\r\n${UPGRADE}\r\n${KEY}`],
];

let upstream: ScriptedUpstream;
let front: Front;
beforeAll(async () => {
  upstream = await createScriptedUpstream();
  front = await createFront(upstream.port, {
    publicHosts: ['media.example.org'],
    publicUrl: 'https://media.example.org',
  });
});
afterAll(async () => {
  await front.close();
  await upstream.close();
});

function headersOf(raw: string): (readonly [string, string])[] {
  const lines = (raw.split('\r\n\r\n')[0] ?? '').split('\r\n').slice(1);
  return lines.map((line) => [
    line.slice(0, line.indexOf(':')).toLowerCase(),
    line.slice(line.indexOf(':') + 1).trim(),
  ]);
}

function check(raw: string): void {
  for (const [name, value] of Object.entries(WANTED)) {
    const found = headersOf(raw).filter(([one]) => one === name);
    expect.soft(found, name).toEqual([[name, expect.stringMatching(value)]]);
  }
  // A page would be a way to show something under our name; nothing of what was sent comes back.
  expect.soft(raw).not.toMatch(/evil\.example|cake|xxxx|strict-transport-security/i);
  expect.soft(raw.match(/HTTP\/1\.1 /g)).toHaveLength(1);
}

it.each(REFUSED)(
  '%s is refused with the headers of every answer of ours, and not forwarded',
  async (_what, status, head) => {
    for (const path of ['/', '/web/index.html', '/Users/AuthenticateByName', '/gatehouse/reset']) {
      const raw = await sendRaw(front.port, `${head.replace('PATH', path)}\r\n\r\n`, 10_000);
      expect(statusOf(raw)).toBe(status);
      check(raw);
    }
    expect(upstream.requests).toEqual([]);
  },
);

it('a head that does not come to its end is refused with them too', { timeout: 60_000 }, async () => {
  const raw = await sendRaw(front.port, `GET / HTTP/1.1\r\n${HOST}\r\n`, 40_000);
  expect(statusOf(raw)).toBe(408);
  check(raw);
});
