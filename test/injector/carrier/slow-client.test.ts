import { createHash } from 'node:crypto';
import http from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createCarry } from '../../../injector/carrier/carry.ts';
import { createConnectionPool } from '../../../injector/carrier/connection-pool.ts';
import { openSocket } from '../../../injector/carrier/open-socket.ts';
import { createUpstream } from '../../../injector/http/upstream.ts';
import { listen, shut } from '../../support/listen.ts';

const FILM = Buffer.alloc(24 * 1024 * 1024);
for (let at = 0; at < FILM.length; at += 4) FILM.writeUInt32LE((at * 2654435761) >>> 0, at);

/** A film server, and the carrier in front of it. */
async function setUp(): Promise<number> {
  const upstream = http.createServer((_request, response) => {
    response.writeHead(200, { 'Content-Length': FILM.length }).end(FILM);
  });
  const pool = createConnectionPool((onread) =>
    openSocket(createUpstream(`http://127.0.0.1:${port}`), onread),
  );
  const carry = createCarry(
    pool,
    'fallback',
    (_request, response) => response.destroy(),
    () => undefined,
  );
  const front = http.createServer(carry);
  const port = await listen(upstream);
  onTestFinished(async () => {
    pool.close();
    await shut(front);
    await shut(upstream);
  });
  return await listen(front);
}

/** Reads a whole answer with pauses; answers the SHA-256 of its body. */
function readSlowly(port: number, pauseMs: (read: number) => number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const hash = createHash('sha256');
    let body = -1;
    socket.on('data', async (bytes) => {
      const at = body === -1 ? bytes.indexOf('\r\n\r\n') + 4 : 0;
      body = Math.max(body, 0) + bytes.length - at;
      hash.update(bytes.subarray(at));
      if (body >= FILM.length) return resolve(hash.digest('hex'));
      const pause = pauseMs(body);
      if (pause === 0) return;
      socket.pause();
      await sleep(pause);
      socket.resume();
    });
    socket.write('GET /film HTTP/1.1\r\nHost: a\r\n\r\n');
  });
}

it('gives slow, fast and changing readers the same bytes', async () => {
  const port = await setUp();
  const whole = createHash('sha256').update(FILM).digest('hex');
  let lastPause = 0;
  const seldom = (read: number): number => {
    if (read - lastPause < 3 * 1024 * 1024) return 0;
    lastPause = read;
    return 150;
  };
  const readers = [
    readSlowly(port, () => 0),
    readSlowly(port, seldom),
    ...Array.from({ length: 6 }, (_, n) => readSlowly(port, () => n)),
  ];
  expect(new Set(await Promise.all(readers))).toEqual(new Set([whole]));
});
