import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { IncompleteAnswerError } from '../../../injector/upstream/ask.ts';
import { createUpstream } from '../../../injector/upstream/upstream.ts';
import { listen, shutSockets } from '../../attacks/smuggling/sockets.ts';
import { freePort } from '../../support/network/free-port.ts';

const WHOLE = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole';

/** A server of raw answers: `answer` is told the number of the connection and of the request on it, from 1. */
async function start(answer: (socket: Socket, connection: number, request: number) => void) {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    let request = 0;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      request += 1;
      requests.push(piece.toString().split(' ', 1)[0] ?? '');
      answer(socket, connection, request);
    });
  });
  const upstream = createUpstream(`http://127.0.0.1:${await listen(server)}`);
  onTestFinished(async () => {
    upstream.client.close();
    await shutSockets(server, sockets);
  });
  return { upstream, requests };
}

const ENDS: readonly (readonly [what: string, end: (socket: Socket) => void])[] = [
  ['is reset before an answer', (socket) => socket.resetAndDestroy()],
  ['is closed before an answer', (socket) => socket.end()],
  ['is closed in the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Le')],
  ['is closed in the body', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwh')],
  [
    'is reset in the body',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwh', () =>
        setImmediate(() => socket.resetAndDestroy()),
      );
    },
  ],
  [
    'is closed in a chunk',
    (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwh'),
  ],
];

describe('a question of our own', () => {
  it.each(ENDS)('is asked again on a new connection when a kept one %s', async (_what, end) => {
    const { upstream, requests } = await start((socket, _connection, request) =>
      request === 1 ? socket.write(WHOLE) : end(socket),
    );
    for (let round = 0; round < 6; round += 1) {
      const { status, body } = await upstream.ask({ path: '/', headers: {} });
      expect([status, body.toString()]).toEqual([200, 'whole']);
    }
    expect(requests.length).toBeGreaterThan(6);
  });

  it.each(ENDS)('is asked again, once, when its own new connection %s', async (_what, end) => {
    const { upstream, requests } = await start((socket, connection) =>
      connection === 1 ? end(socket) : socket.write(WHOLE),
    );
    expect((await upstream.ask({ path: '/', headers: {} })).body.toString()).toBe('whole');
    expect(requests).toHaveLength(2);
  });

  it.each(ENDS)('fails in the end where each connection %s', async (_what, end) => {
    const { upstream, requests } = await start((socket) => end(socket));
    await expect(upstream.ask({ path: '/', headers: {} })).rejects.toBeInstanceOf(IncompleteAnswerError);
    expect(requests).toHaveLength(2);
  });

  it('is not asked again when it changes something', async () => {
    const { upstream, requests } = await start((socket) => socket.end());
    await expect(upstream.ask({ path: '/', method: 'POST', headers: {}, body: '{}' })).rejects.toThrow();
    expect(requests).toEqual(['POST']);
  });

  it('is not asked again when Jellyfin is silent, nor when it is not there', async () => {
    const { upstream, requests } = await start(() => undefined);
    const silent = upstream.ask({ path: '/', headers: {}, timeoutMs: 50 });
    await expect(silent).rejects.toBeInstanceOf(IncompleteAnswerError);
    expect(requests).toEqual(['GET']);
    const away = createUpstream(`http://127.0.0.1:${await freePort()}`);
    const refused = await away.ask({ path: '/', headers: {} }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'ECONNREFUSED' });
    expect(refused).not.toBeInstanceOf(IncompleteAnswerError);
  });
});
