import { createHash } from 'node:crypto';
import http, { type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createServer } from '../../../injector/admission/server.ts';
import { createForward } from '../../../injector/upstream/forward.ts';
import { createHttpClient } from '../../../injector/upstream/http-client.ts';
import { openSocket } from '../../../injector/upstream/open-socket.ts';
import { createUpstream, parseJellyfinAddress } from '../../../injector/upstream/upstream.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { listen, shut } from '../../support/network/listen.ts';

const FILM = Buffer.alloc(24 * 1024 * 1024);
for (let at = 0; at < FILM.length; at += 4) FILM.writeUInt32LE((at * 2654435761) >>> 0, at);

function createFilmServer(framing: 'length' | 'chunked'): http.Server {
  return http.createServer((_request, response) => {
    response.writeHead(200, framing === 'length' ? { 'Content-Length': FILM.length } : {}).end(FILM);
  });
}

/** A film server, and what forwards to it. */
async function setUp(framing: 'length' | 'chunked'): Promise<number> {
  const film = createFilmServer(framing);
  const upstream = createUpstream(`http://127.0.0.1:${await listen(film)}`);
  const forward = createForward(upstream.client, 'fallback', {
    onUnreachable: (_request, response) => response.destroy(),
  });
  const front = http.createServer((request, response) => forward(request, response));
  onTestFinished(async () => {
    upstream.client.close();
    await shut(front);
    await shut(film);
  });
  return await listen(front);
}

/** Reads a whole answer with pauses; answers the SHA-256 of its body. */
function readSlowly(port: number, pauseMs: (read: number) => number): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = http.get({ port, host: '127.0.0.1', path: '/film', agent: false }, (answer) => {
      const hash = createHash('sha256');
      let read = 0;
      answer.on('data', async (bytes: Buffer) => {
        read += bytes.length;
        hash.update(bytes);
        const pause = pauseMs(read);
        if (pause === 0) return;
        answer.pause();
        await sleep(pause);
        answer.resume();
      });
      answer.on('end', () => resolve(hash.digest('hex')));
      answer.on('error', reject);
    });
    asked.on('error', reject);
  });
}

it.each(['length', 'chunked'] as const)(
  'gives slow, fast and changing readers the same bytes (%s)',
  async (framing) => {
    const port = await setUp(framing);
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
  },
);

/** A reader that has stopped after a while, of a film that comes through the real server; it holds its own side open. */
async function stopReading(framing: 'length' | 'chunked') {
  const film = createFilmServer(framing);
  const address = parseJellyfinAddress(`http://127.0.0.1:${await listen(film)}`);
  const toJellyfin: Socket[] = [];
  const client = createHttpClient((inspect) => {
    const socket = openSocket(address, undefined, inspect);
    toJellyfin.push(socket);
    return socket;
  });
  const forward = createForward(client, 'fallback', {
    onUnreachable: (_request, response) => response.destroy(),
  });
  const answers: ServerResponse[] = [];
  const front = createServer(
    {
      async answer(request, response) {
        answers.push(response);
        forward(request, response);
      },
      upgrade: (_request, socket) => void socket.destroy(),
    },
    createKeptLog(),
  );
  onTestFinished(async () => {
    client.close();
    await shut(front);
    await shut(film);
  });
  const reader = connect({ port: await listen(front), host: '127.0.0.1', allowHalfOpen: true });
  onTestFinished(() => void reader.destroy());
  reader.write('GET /film HTTP/1.1\r\nHost: film\r\n\r\n');

  let read = 0;
  await vi.waitFor(
    () => {
      const now = toJellyfin[0]?.bytesRead ?? 0;
      const hasStopped = now > 0 && now === read;
      read = now;
      expect(hasStopped).toBe(true);
    },
    { timeout: 20_000, interval: 250 },
  );
  return { reader, read, answer: answers[0], toJellyfin: toJellyfin[0] };
}

it.each(['length', 'chunked'] as const)(
  'holds one piece for a reader that has stopped, and asks Jellyfin for no more (%s)',
  async (framing) => {
    const { read, answer, toJellyfin } = await stopReading(framing);
    expect(read).toBeLessThan(FILM.length);
    // The rest of one piece, its head, and the frame of a chunk.
    expect(answer?.writableLength).toBeGreaterThan(0);
    expect(answer?.writableLength).toBeLessThanOrEqual(17 * 1024);
    expect(toJellyfin?.readableLength).toBe(0);
  },
);

it.each(['length', 'chunked'] as const)(
  'gives the film up when a reader that has stopped closes its side (%s)',
  async (framing) => {
    const { reader, answer, toJellyfin } = await stopReading(framing);
    reader.end();
    await vi.waitFor(() => expect(toJellyfin?.destroyed).toBe(true), { timeout: 10_000 });
    expect(answer?.destroyed).toBe(true);
  },
);
