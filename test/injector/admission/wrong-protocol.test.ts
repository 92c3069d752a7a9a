import { expect, it, onTestFinished, vi } from 'vitest';
import { type Certificate, createServer } from '../../../injector/admission/server.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const PROXY_1 = `PROXY TCP4 203.0.113.7 192.0.2.1 51000 443\r\n${GET}`;
const PROXY_2 = `\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\xcb\x00\x71\x07\xc0\x00\x02\x01\xc7\x38\x01\xbb${GET}`;

async function start(certificate?: Certificate) {
  const log = createKeptLog();
  const behind = {
    answer: async (_request: unknown, response: { end(): unknown }) => void response.end(),
    upgrade: () => undefined,
  };
  const server = createServer(behind, log, undefined, certificate);
  const port = await listen(server);
  onTestFinished(() => shut(server));
  return { port, told: () => log.lines.filter(({ event }) => event === 'wrong-protocol'), lines: log.lines };
}

it.each([
  ['PROXY protocol 1', PROXY_1, /PROXY protocol.*send-proxy.*trustedProxies/],
  ['PROXY protocol 1', `PROXY TCP6 2001:db8::7 ::1 5 4\r\n${GET}`, /PROXY protocol/],
  ['PROXY protocol 1', `PROXY UNKNOWN\r\n${GET}`, /PROXY protocol/],
  ['PROXY protocol 2', PROXY_2, /PROXY protocol.*send-proxy.*trustedProxies/],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /HTTP\/1\.1/],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /http:\/\/.*listen\.tls/],
])(
  'a connection that begins with %s is refused, and the log says once what to change',
  async (protocol, first, fix) => {
    const { port, told, lines } = await start();
    for (let round = 0; round < 3; round += 1) expect(statusOf(await sendRaw(port, first))).toBe(400);
    expect(told()).toEqual([
      {
        level: 'warn',
        event: 'wrong-protocol',
        peer: '127.0.0.1',
        protocol,
        fix: expect.stringMatching(fix),
      },
    ]);
    const reason = `the connection begins with ${protocol}`;
    expect(lines.filter(({ event }) => event === 'request-refused')).toMatchObject([
      { reason },
      { reason },
      { reason },
    ]);
    expect(JSON.stringify(lines)).not.toContain('203.0.113.7');
  },
);

it('is told of the first bytes only: behind a request, the same is a request that is not well-formed', async () => {
  const { port, told, lines } = await start();
  await sendRaw(port, `${GET}${PROXY_1}`);
  await sendRaw(port, `hello ${PROXY_1}`);
  expect(told()).toEqual([]);
  expect(lines.map(({ reason }) => reason)).toEqual(Array(2).fill('not a well-formed request'));
});

it.each([
  ['no TLS', PROXY_1, /TLS.*PROXY protocol.*send-proxy/],
  ['no TLS', PROXY_2, /TLS.*PROXY protocol.*send-proxy/],
  ['plain HTTP', GET, /https:\/\//],
])('where TLS is spoken, %s is told too, once', async (protocol, first, fix) => {
  const { port, told } = await start(makeCertificate());
  for (let round = 0; round < 3; round += 1) await sendRaw(port, first);
  await vi.waitFor(() => expect(told()).toHaveLength(1));
  expect(told()).toMatchObject([{ peer: '127.0.0.1', protocol, fix: expect.stringMatching(fix) }]);
});
