import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUpstreamFiles } from '../../../injector/rewrite/upstream-files.ts';
import { createUpstream } from '../../../injector/upstream/upstream.ts';
import { openRewritingStage, PAGE, type RewritingStage } from './stage.ts';

const SPLITS = 1_000;
const BODY = Buffer.from(PAGE.replace('Grüße', 'Grüße 🎬 '.repeat(20)));

/** Cuts at random places, most of them near each other, so that tags and letters are cut too. */
function cut(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Math.random() < 0.5 ? 1 : 1 + Math.floor(Math.random() ** 3 * bytes.length);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

function asChunks(pieces: readonly Buffer[]): Buffer {
  const chunks = pieces.map((piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')]),
  );
  return Buffer.concat([
    Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n'),
    ...chunks,
    Buffer.from('0\r\n\r\n'),
  ]);
}

describe('how Jellyfin splits its answers', () => {
  let answer: (socket: Socket) => void;
  const server = createServer((socket) => {
    socket.setNoDelay(true).on('error', () => undefined);
    socket.on('data', () => answer(socket));
  });
  let url: string;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  afterAll(() => server.close());

  it(`B52: ${SPLITS} random splits into chunks and packets give the same original`, async () => {
    const upstream = createUpstream(url);
    const upstreamFiles = createUpstreamFiles(upstream);
    const keys = new Set<string | undefined>();
    for (let round = 0; round < SPLITS; round += 1) {
      const wire = asChunks(cut(BODY));
      const middle = 1 + Math.floor(Math.random() * (wire.length - 1));
      answer = (socket) => {
        socket.write(wire.subarray(0, middle));
        setImmediate(() => socket.write(wire.subarray(middle)));
      };
      const original = await upstreamFiles.get('/web/', {});
      keys.add(original && createHash('sha256').update(original.bytes).digest('hex'));
    }
    expect([...keys]).toEqual([createHash('sha256').update(BODY).digest('hex')]);
    upstream.client.close();
  });
});

describe('what reaches the browser', () => {
  let stage: RewritingStage;
  beforeAll(async () => {
    stage = await openRewritingStage();
  });
  afterAll(() => stage.close());

  it('B52: is the same for a page that comes byte by byte', async () => {
    const bodies = new Set<string>();
    for (const size of [1, 7, BODY.length]) {
      stage.answerAs((_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' });
        for (let at = 0; at < BODY.length; at += size) response.write(BODY.subarray(at, at + size));
        response.end();
      });
      bodies.add((await stage.get('/web/', { 'cache-control': 'no-cache' })).body.toString());
    }
    expect(bodies.size).toBe(1);
  });

  it('B53: only what mods change is held back; the first byte of a stream comes at once', async () => {
    stage.answerAs((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.write('first');
    });
    for (const path of ['/Videos/1/stream', '/web/other.html', '/web/index.html.bak', '/index.html']) {
      const stop = new AbortController();
      const response = await fetch(`http://127.0.0.1:${stage.port}${path}`, { signal: stop.signal });
      const first = await response.body?.getReader().read();
      expect(Buffer.from(first?.value ?? []).toString()).toBe('first');
      stop.abort();
    }
  });
});
