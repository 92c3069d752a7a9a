import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createServer } from '../../../injector/admission/server.ts';
import { readBody } from '../../../injector/http/read-body.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { makeCertificate } from '../../support/network/certificates.ts';
import { listen, shut } from '../../support/network/listen.ts';
import { sendRaw, statusOf } from '../../support/network/raw-http.ts';

const HOST = 'Host: a\r\n';
const CHUNKED = `POST /a HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n`;
const BEGINNINGS = [
  ['a head', 'GET /a HT'],
  ['a header line', `POST /a HTTP/1.1\r\n${HOST}Content-Le`],
  ['a body of known length', `POST /a HTTP/1.1\r\n${HOST}Content-Length: 10\r\n\r\nabc`],
  ['a chunk', `${CHUNKED}5\r\nabc`],
  ['a chunked body, behind a whole chunk', `${CHUNKED}3\r\nabc\r\n`],
  [
    'a body that waits for 100 Continue',
    `POST /a HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n`,
  ],
  [
    'a second request',
    `POST /a HTTP/1.1\r\n${HOST}Content-Length: 1\r\n\r\naPOST /b HTTP/1.1\r\n${HOST}Content-Length: 9\r\n\r\n`,
  ],
] as const;

/** The server with what reads whole bodies behind it, as our own routes do. */
async function start(isTls: boolean) {
  const log = createKeptLog();
  const refusals: unknown[] = [];
  const server = createServer(
    {
      async answer(request, response) {
        response.end(String((await readBody(request, 1_000))?.length));
      },
      upgrade: (_request, socket) => void socket.destroy(),
      noteRefusal: (refusal) => refusals.push(refusal),
    },
    log,
    undefined,
    isTls ? makeCertificate() : undefined,
  );
  const port = await listen(server);
  onTestFinished(() => shut(server));
  const open = async () => {
    const socket = isTls
      ? connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
      : connect(port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    await once(socket, isTls ? 'secureConnect' : 'connect');
    return socket;
  };
  const gone = (): Promise<void> =>
    vi.waitFor(async () => {
      const count = await new Promise((resolve) => server.getConnections((_error, open) => resolve(open)));
      expect(count).toBe(0);
    }, 5_000);
  return { port, log, refusals, server, open, gone };
}

describe.each([
  ['plain', false],
  ['TLS', true],
])('over %s, a client that breaks off is neither a refused request nor an error', (_what, isTls) => {
  it.each(BEGINNINGS)('in %s', async (_part, beginning) => {
    const { log, refusals, server, open, gone } = await start(isTls);
    for (const leave of ['end', 'destroy', 'resetAndDestroy'] as const) {
      const opened = once(server, isTls ? 'secureConnection' : 'connection') as Promise<[Socket]>;
      const socket = await open();
      const [far] = await opened;
      socket.write(beginning);
      // A reset takes bytes with it that were not read yet.
      await vi.waitFor(() => expect(far.bytesRead).toBeGreaterThanOrEqual(beginning.length), 5_000);
      if (leave === 'resetAndDestroy' && isTls) socket.destroy();
      else socket[leave]();
      await gone();
    }
    expect(log.lines).toEqual([]);
    expect(refusals).toEqual([]);
  });
});

it('who closes only its own side is still told that its request was not whole, and nonsense is still refused', async () => {
  const { port, log, open, gone } = await start(false);
  const socket = await open();
  let got = '';
  socket.on('data', (piece: Buffer) => {
    got += piece.toString();
  });
  socket.end(`${CHUNKED}5\r\nabc`);
  await once(socket, 'close');
  expect(statusOf(got)).toBe(400);
  await gone();
  expect(log.lines).toEqual([]);
  expect(statusOf(await sendRaw(port, `${CHUNKED}zz\r\n`))).toBe(400);
  expect(log.lines).toMatchObject([{ event: 'request-refused', status: 400 }]);
});
