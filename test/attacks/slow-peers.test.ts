import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endLateBody } from '../../injector/admission/idle-bodies.ts';
import { LIMITS } from '../../injector/admission/limits.ts';
import { createServer } from '../../injector/admission/server.ts';
import { createKeptLog } from '../support/log/quiet-log.ts';
import { listen, shut } from '../support/network/listen.ts';

const log = createKeptLog();
/** The limits of the program, with shorter times. */
const SHORT = { ...LIMITS, headMs: 400, checkMs: 100, idleBodyMs: 400, waitingRequests: 20 };
let isReading = true;
const handler: Parameters<typeof createServer>[0] = {
  async answer(request, response) {
    if (request.url === '/never') return;
    if (request.url === '/own') endLateBody(request, 500);
    if (isReading) for await (const _part of request);
    else await wait(1_200);
    response.end('done');
  },
  upgrade: (_request, socket) => void socket.destroy(),
};
const server = createServer(handler, log, SHORT);
let port = 0;
beforeAll(async () => {
  port = await listen(server);
});
afterAll(() => shut(server));

/** Opens a connection and says when it was closed, and what had come until then. */
function open(first: string): { socket: Socket; closed: Promise<{ afterMs: number; got: string }> } {
  const socket = connect(port, '127.0.0.1');
  const start = performance.now();
  let got = '';
  socket.on('error', () => undefined);
  socket.on('data', (part) => {
    got += part.toString('latin1');
  });
  if (first !== '') socket.write(first);
  const closed = new Promise<{ afterMs: number; got: string }>((resolve) => {
    socket.once('close', () => resolve({ afterMs: performance.now() - start, got }));
  });
  return { socket, closed };
}

describe('who is slow with the head', () => {
  it('is cut, though a byte comes now and then', async () => {
    const { socket, closed } = open('GET / HTTP/1.1\r\nHost: a\r\nX: ');
    const drip = setInterval(() => socket.write('x'), 50);
    const { afterMs, got } = await closed;
    clearInterval(drip);
    expect(afterMs).toBeLessThan(15_000);
    expect(got).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('and who sends nothing at all, without a word and without a line in the log', async () => {
    log.lines.length = 0;
    const { afterMs, got } = await open('').closed;
    expect(afterMs).toBeLessThan(15_000);
    expect(got).toBe('');
    expect(log.lines).toEqual([]);
  });

  it('disturbs nobody else: 200 such connections, and an honest request', async () => {
    const slow = Array.from({ length: 200 }, () => open('GET / HTTP/1.1\r\nX: '));
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('done');
    await Promise.all(slow.map(({ closed }) => closed));
  });
});

describe('a body', () => {
  it.each(['Content-Length: 10\r\n\r\nabc', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'])(
    'that stands still is cut (%j)',
    async (framing) => {
      const { afterMs, got } = await open(`POST / HTTP/1.1\r\nHost: a\r\n${framing}`).closed;
      expect(afterMs).toBeGreaterThan(350);
      expect(afterMs).toBeLessThan(15_000);
      expect(got).not.toContain('200');
    },
  );

  it('that goes on is not cut, however long it takes', async () => {
    // A machine that stands still for two seconds must not be taken for such a body.
    const patient = createServer(handler, log, { ...SHORT, idleBodyMs: 2_500 });
    const socket = connect(await listen(patient), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 12\r\n\r\n');
    for (let byte = 0; byte < 12; byte += 1) {
      await wait(300);
      socket.write('x');
    }
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
    await shut(patient);
  });

  it('for ourselves is small, and is cut when it is not whole in time, though it goes on', async () => {
    const { socket, closed } = open('POST /own HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n');
    const drip = setInterval(() => socket.write('x'), 100);
    const { afterMs, got } = await closed;
    clearInterval(drip);
    expect(afterMs).toBeLessThan(15_000);
    expect(got).toBe('');
  });

  it('that we do not read, because Jellyfin is slow to take it, is not cut', async () => {
    isReading = false;
    try {
      const body = 'x'.repeat(1_000_000);
      const head = `POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`;
      expect((await open(head + body).closed).got).toMatch(/^HTTP\/1\.1 200 /);
    } finally {
      isReading = true;
    }
  });
});

it('ends a connection on which more requests wait than may', async () => {
  const requests = ['/never', ...Array.from({ length: 30 }, () => '/')];
  const text = requests.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join('');
  const { afterMs, got } = await open(text).closed;
  expect(afterMs).toBeLessThan(10_000);
  expect(got).toBe('');
});

it('is within 20 s in the program itself', () => {
  expect(LIMITS.headMs + LIMITS.checkMs).toBeLessThan(20_000);
});
