import { createServer, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { createToken, hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';
import { createFakeJellyfin } from '../../jellyfin/fake-jellyfin.ts';
import { until } from '../clock/until.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { isListening } from '../network/free-port.ts';
import { listen, shut } from '../network/listen.ts';
import { startProgramWithReset } from './program-with-reset.ts';

/** What is under way when the program is told to end. */
export interface UnderWay {
  readonly streams: number;
  readonly sockets: number;
  readonly redemptions: number;
}

/**
 * Ends the program by SIGTERM with that much under way: nobody new is let in, every film and every change of a password
 * is finished, sockets are closed, and the exit code is 0. Source: row C14 of the rows of availability.
 */
export async function endUnderLoad({ streams, sockets, redemptions }: UnderWay): Promise<void> {
  const apiKey = 'e'.repeat(32);
  const people = Array.from({ length: redemptions }, (_, n) => `person${n}`);
  const jellyfin = await createFakeJellyfin({
    version: '10.10.7',
    apiKeys: [apiKey],
    knownProxies: ['127.0.0.1'],
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...people.map((name) => ({ name, password: 'x' })),
    ],
  });
  onTestFinished(() => jellyfin.close());
  const front = await startFilmFront(jellyfin.url);
  const folder = await tempFolder();
  const storagePath = join(folder, 'gatehouse.db');
  const links = await createLinkMaker(storagePath);
  const tokens = await Promise.all(people.map((name) => links.make(jellyfin.user(name).id, name)));
  await links.close();
  const { program, port, url } = await startProgramWithReset({ jellyfinUrl: front, apiKey }, folder);
  const opened = Array.from({ length: sockets }, () => openSocket(port));
  await Promise.all(opened.map(({ isOpen }) => isOpen));
  const films = Array.from({ length: streams }, () => watchFilm(url));
  await Promise.all(films.map(({ hasBegun }) => hasBegun));
  const letGo = jellyfin.holdHashing();
  const changes = tokens.map((token, n) => setPassword(url, token, `new password ${n}`));
  await until(() => jellyfin.held() >= Math.min(1, redemptions));

  const ended = program.end('SIGTERM');
  await program.logged('ending');
  await until(async () => !(await isListening(port)));
  letGo();

  expect(await Promise.all(changes)).toEqual(people.map(() => 200));
  expect(await Promise.all(films.map(({ bytes }) => bytes))).toEqual(films.map(() => FILM_PIECES * 16_384));
  expect(await ended).toBe(0);
  await Promise.all(opened.map(({ isClosed }) => isClosed));
  for (const [n, name] of people.entries()) expect(jellyfin.user(name).password).toBe(`new password ${n}`);
}

function openSocket(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket?api_key=${'e'.repeat(32)}&deviceId=x`);
  socket.on('error', () => undefined);
  return {
    isOpen: new Promise<void>((resolve) => socket.once('open', () => resolve())),
    isClosed: new Promise<void>((resolve) => socket.once('close', () => resolve())),
  };
}

function watchFilm(url: string) {
  let begin = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const bytes = new Promise<number>((resolve) => {
    let got = 0;
    request(`${url}/Videos/film`, (answer) => {
      answer
        .on('data', (chunk: Buffer) => {
          got += chunk.length;
          begin();
        })
        .once('close', () => resolve(got));
    })
      .on('error', () => resolve(got))
      .end();
  });
  return { hasBegun, bytes };
}

async function setPassword(url: string, token: string, password: string): Promise<number> {
  const answer = await fetch(`${url}/gatehouse/api/passwords`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token, password }),
  });
  await answer.text();
  return answer.status;
}

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

/** Makes links of people without a mail. */
export interface LinkMaker {
  /** Answers the token of a link that is good for half an hour. */
  make(userId: string, userName: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the database at that path, which a program may use meanwhile. */
export async function createLinkMaker(storagePath: string): Promise<LinkMaker> {
  const storage = await openStorage(storagePath);
  let outboxId = 0;
  return {
    async make(userId, userName) {
      const token = createToken();
      outboxId -= 1;
      const expiresAt = Date.now() + 30 * 60_000;
      await storage.links.add({ tokenHash: hashToken(token), userId, userName, outboxId, expiresAt });
      return token;
    },
    close: () => storage.close(),
  };
}
