import { createHash } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createForward } from '../../../injector/upstream/forward.ts';
import { createUpstream } from '../../../injector/upstream/upstream.ts';
import { listen, shut } from '../../support/network/listen.ts';

const FILM = Buffer.alloc(24 * 1024 * 1024);
for (let at = 0; at < FILM.length; at += 4) FILM.writeUInt32LE((at * 2654435761) >>> 0, at);

/** A film server, and what forwards to it. */
async function setUp(framing: 'length' | 'chunked'): Promise<number> {
  const film = http.createServer((_request, response) => {
    response.writeHead(200, framing === 'length' ? { 'Content-Length': FILM.length } : {}).end(FILM);
  });
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
