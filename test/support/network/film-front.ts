import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { listen, shut } from './listen.ts';

/** Pieces of 16 kB that a film of {@link startFilmFront} consists of. */
export const FILM_PIECES = 40;

/** How long it takes, in milliseconds. */
export const FILM_MS = 2_000;

/**
 * Starts a server that has a film at `/Videos/film`, sent in pieces over some seconds, and passes everything else on to
 * a Jellyfin, WebSockets included. Answers its address; it is gone after the running test.
 */
export async function startFilmFront(jellyfinUrl: string): Promise<string> {
  const { hostname, port } = new URL(jellyfinUrl);
  const open = new Set<Socket>();
  const server = createServer((incoming, answer) => {
    if (incoming.url === '/Videos/film') {
      answer.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': FILM_PIECES * 16_384 });
      let sent = 0;
      const timer = setInterval(() => {
        answer.write(Buffer.alloc(16_384));
        sent += 1;
        if (sent < FILM_PIECES) return;
        clearInterval(timer);
        answer.end();
      }, FILM_MS / FILM_PIECES);
      answer.once('close', () => clearInterval(timer));
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (came) => {
      answer.writeHead(came.statusCode ?? 502, came.headers);
      came.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (incoming, socket: Socket) => {
    const onward = connect(Number(port), hostname);
    const lines = incoming.rawHeaders.flatMap((text, n, all) =>
      n % 2 === 0 ? [`${text}: ${all[n + 1]}\r\n`] : [],
    );
    onward.write(`GET ${incoming.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) {
      open.add(end);
      end.on('error', () => end.destroy()).once('close', () => open.delete(end));
    }
  });
  const ownPort = await listen(server);
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await shut(server);
  });
  return `http://127.0.0.1:${ownPort}`;
}
