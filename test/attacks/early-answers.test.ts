import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFront, type Front } from './front.ts';
import { createRecordingUpstream, type RecordingUpstream } from './smuggling/recording-upstream.ts';
import { exchange, listen, shutSockets, statusesOf } from './smuggling/sockets.ts';

/** Answers a request below `/early` from its head alone, with the status in its path; others by their target. */
const sockets = new Set<Socket>();
const hasty: Server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    for (const [, path = ''] of chunk.toString('latin1').matchAll(/^[A-Z]+ (\/\S*) HTTP\/1\.1\r$/gm)) {
      const status = /^\/early\/(\d{3})/.exec(path)?.[1] ?? '200';
      const body = path === '/System/Info/Public' ? '{"Version":"10.11.11"}' : `answer to ${path}`;
      socket.write(`HTTP/1.1 ${status} Early\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    }
  });
});
let front: Front;
beforeAll(async () => {
  front = await createFront(await listen(hasty));
});
afterAll(async () => {
  await front.close();
  await shutSockets(hasty, sockets);
});

const BODY = 'GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
const head = (status: number, framing: string): string =>
  `POST /early/${status} HTTP/1.1\r\nHost: a\r\n${framing}\r\n`;

/** Sends the second part once a final answer to the first has come; answers all that came until the end. */
async function sendLate(first: string, second: string): Promise<string> {
  const socket = connect(front.port, '127.0.0.1');
  let got = '';
  let isSent = false;
  socket.on('error', () => undefined);
  socket.on('data', (part) => {
    got += part.toString('latin1');
    if (isSent || !statusesOf(got).some((status) => status >= 200)) return;
    isSent = true;
    socket.write(second);
  });
  socket.write(first);
  await Promise.race([new Promise((resolve) => socket.once('close', resolve)), wait(1_000)]);
  socket.destroy();
  return got;
}

describe('an answer that comes before the end of the body mixes nothing up', () => {
  const chunk = `${BODY.length.toString(16)}\r\n${BODY}\r\n`;
  it.each([
    ['413, a length', head(413, `Content-Length: ${2 * BODY.length}\r\n`), BODY, BODY],
    ['401, a length', head(401, `Content-Length: ${2 * BODY.length}\r\n`), BODY, BODY],
    ['200, a length', head(200, `Content-Length: ${2 * BODY.length}\r\n`), BODY, BODY],
    ['413, chunks', head(413, 'Transfer-Encoding: chunked\r\n'), chunk, `${chunk}0\r\n\r\n`],
    ['401, chunks', head(401, 'Transfer-Encoding: chunked\r\n'), chunk, `${chunk}0\r\n\r\n`],
    ['200, chunks', head(200, 'Transfer-Encoding: chunked\r\n'), chunk, `${chunk}0\r\n\r\n`],
    [
      '413, expecting, a length',
      head(413, `Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n`),
      '',
      BODY,
    ],
    [
      '401, expecting, a length',
      head(401, `Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n`),
      '',
      BODY,
    ],
    [
      '200, expecting, a length',
      head(200, `Expect: 100-continue\r\nContent-Length: ${BODY.length}\r\n`),
      '',
      BODY,
    ],
    [
      '413, expecting, chunks',
      head(413, 'Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n'),
      '',
      `${chunk}0\r\n\r\n`,
    ],
    ['401, a body that never comes', head(401, 'Content-Length: 50\r\n'), '', BODY],
    ['413, a length of a gigabyte', head(413, 'Content-Length: 1000000000\r\n'), BODY, BODY],
  ])('%s', async (what, first, early, late) => {
    const status = Number(what.slice(0, 3));
    const [same, other] = await Promise.all([
      sendLate(first + early, `${late}GET /second HTTP/1.1\r\nHost: a\r\n\r\n`),
      exchange(front.port, ['GET /other HTTP/1.1\r\nHost: a\r\n\r\n'], 1),
    ]);
    const finals = statusesOf(same).filter((one) => one >= 200);
    expect(finals).toEqual([status]);
    expect(same).toContain(`answer to /early/${status}`);
    expect(same).toMatch(/\r\nconnection: close\r\n/i);
    expect(same).not.toContain('/smuggled');
    expect(other.raw).toMatch(/answer to \/other$/);
    const after = await exchange(front.port, ['GET /after HTTP/1.1\r\nHost: a\r\n\r\n'], 1);
    expect(after.raw).toMatch(/answer to \/after$/);
  });

  it('and the client gets to read it, though it is still sending', async () => {
    const socket = connect(front.port, '127.0.0.1');
    let got = '';
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      got += part.toString('latin1');
    });
    socket.write(head(413, 'Content-Length: 1000000000\r\n'));
    for (let round = 0; round < 10; round += 1) {
      if (socket.writable) socket.write(Buffer.alloc(4_096));
      await wait(10);
    }
    expect(statusesOf(got)).toEqual([413]);
    expect(got).toContain('answer to /early/413');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await Promise.race([closed, wait(3_000)]);
    expect(socket.destroyed).toBe(true);
  });
});

describe('a body that was whole when the answer came', () => {
  it('leaves the connection in use', async () => {
    let upstream: RecordingUpstream | undefined;
    let patient: Front | undefined;
    try {
      upstream = await createRecordingUpstream();
      patient = await createFront(upstream.port);
      const post = 'POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc';
      const { raw, isClosed } = await exchange(patient.port, [post, post, post], 3);
      expect(statusesOf(raw)).toEqual([200, 200, 200]);
      expect(isClosed).toBe(false);
    } finally {
      await patient?.close();
      await upstream?.close();
    }
  });
});
