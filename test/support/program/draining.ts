import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../clock/until.ts';
import { tempFolder } from '../files/temp-folder.ts';
import { freePort, isListening } from '../network/free-port.ts';
import {
  FILM_BYTES,
  isWhole,
  numberedMessage,
  type SlowUpstream,
  startSlowUpstream,
} from '../network/slow-upstream.ts';
import { type Program, startProgram } from './program.ts';

/** The real program in front of an upstream that takes its time. */
export interface DrainingProgram {
  readonly program: Program;
  readonly port: number;
  readonly url: string;
  readonly upstream: SlowUpstream;
}

/**
 * Starts it without a reset service; it is gone after the running test.
 *
 * @param shutdown Section of the configuration, as a flow map.
 * @param args Behind `serve`.
 */
export async function startDraining(shutdown: string, ...args: readonly string[]): Promise<DrainingProgram> {
  const upstream = await startSlowUpstream();
  const port = await freePort();
  const configPath = join(await tempFolder(), 'config.yaml');
  const lines = [
    `listen: { host: 127.0.0.1, port: ${port} }`,
    `jellyfin: { url: '${upstream.url}' }`,
    `shutdown: ${shutdown}`,
    'mods: { app-name: { name: Films } }',
  ];
  await writeFile(configPath, lines.join('\n'));
  const program = await startProgram(['--config', configPath, ...args]);
  return { program, port, url: `http://127.0.0.1:${port}`, upstream };
}

/** Asks over a connection of its own. */
export function ask(
  url: string,
  path: string,
): Promise<{ status: number; connection: string; bytes: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(
      `${url}${path}`,
      { agent: false, headers: { Connection: 'keep-alive' } },
      (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const body = Buffer.concat(chunks);
          const { statusCode = 0, headers } = answer;
          const text = body.subarray(0, 1000).toString();
          resolve({ status: statusCode, connection: headers.connection ?? '', bytes: body.length, text });
        });
      },
    )
      .on('error', reject)
      .end();
  });
}

/** Sends a body of so many bytes in pieces, over so many milliseconds; answers how many arrived. */
export function upload(url: string, bytes: number, ms: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/upload`, {
      method: 'POST',
      agent: false,
      headers: { 'Content-Length': bytes },
    });
    sent.on('error', reject).on('response', (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += String(chunk);
      });
      answer.on('end', () => resolve(text));
    });
    const pieces = 20;
    let left = pieces;
    const timer = setInterval(() => {
      sent.write(Buffer.alloc(bytes / pieces));
      left -= 1;
      if (left > 0) return;
      clearInterval(timer);
      sent.end();
    }, ms / pieces);
  });
}

/** A client that sends a message each 40 ms and looks at each that comes. */
export function openChattySocket(port: number) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`);
  let torn = 0;
  let whole = 0;
  let sent = 0;
  let timer: NodeJS.Timeout | undefined;
  socket.on('message', (data) => {
    if (isWhole(String(data))) whole += 1;
    else torn += 1;
  });
  socket.on('error', () => undefined);
  return {
    isOpen: new Promise<void>((resolve) =>
      socket.once('open', () => {
        timer = setInterval(
          () => socket.readyState === WebSocket.OPEN && socket.send(numberedMessage(sent++)),
          40,
        );
        resolve();
      }),
    ),
    closedWith: new Promise<number>((resolve) =>
      socket.once('close', (code) => {
        clearInterval(timer);
        resolve(code);
      }),
    ),
    counts: () => ({ whole, torn }),
    isUp: () => socket.readyState === WebSocket.OPEN,
  };
}

/** How much is under way, and for how long, in milliseconds. */
export interface DrainLoad {
  readonly streams: number;
  readonly sockets: number;
  readonly slow: number;
  readonly ms: number;
  readonly drainSeconds: number;
}

/**
 * Ends the program by SIGTERM under that load: while it drains, it says so and serves everybody; then nobody new is let in,
 * sockets are told on both sides, and every film, slow answer and upload ends whole. The exit code is 0.
 */
export async function drainUnderLoad({ streams, sockets, slow, ms, drainSeconds }: DrainLoad): Promise<void> {
  const drain = await startDraining('{ drain: 10m }', '--drain', `${drainSeconds}s`);
  const { program, port, url, upstream } = drain;
  const opened = Array.from({ length: sockets }, () => openChattySocket(port));
  await Promise.all(opened.map(({ isOpen }) => isOpen));
  const films = Array.from({ length: streams }, () => ask(url, `/film?ms=${ms}`));
  const slowly = Array.from({ length: slow }, () => ask(url, `/slow?ms=${ms}`));
  const uploads = Array.from({ length: slow }, () => upload(url, 200_000, ms));

  const ended = program.end('SIGTERM');
  await program.logged('ending');
  const [ready, health, live, fresh] = await Promise.all(
    ['/gatehouse/health/ready', '/gatehouse/health', '/gatehouse/health/live', '/slow?ms=1'].map((path) =>
      ask(url, path),
    ),
  );
  expect(ready).toMatchObject({ status: 503, text: expect.stringContaining('"status":"draining"') });
  expect(health).toMatchObject({ status: 503, text: expect.stringContaining('"status":"draining"') });
  expect(live?.status).toBe(200);
  expect(fresh).toMatchObject({ status: 200, text: 'done', connection: 'close' });
  const late = openChattySocket(port);
  await late.isOpen;
  expect(opened.every(({ isUp }) => isUp())).toBe(true);

  await until(async () => !(await isListening(port)));
  const codes = await Promise.all([...opened, late].map(({ closedWith }) => closedWith));
  expect(new Set(codes)).toEqual(new Set([1001]));
  await until(() => upstream.closeCodes.length === sockets + 1);
  expect(new Set(upstream.closeCodes)).toEqual(new Set([1001]));
  expect(
    [upstream.received.torn, ...opened.map(({ counts }) => counts().torn)].some((torn) => torn > 0),
  ).toBe(false);
  expect(upstream.received.whole).toBeGreaterThan(sockets);

  expect((await Promise.all(films)).map(({ bytes }) => bytes)).toEqual(films.map(() => FILM_BYTES));
  expect((await Promise.all(slowly)).map(({ text }) => text)).toEqual(slowly.map(() => 'done'));
  expect(await Promise.all(uploads)).toEqual(uploads.map(() => '200000'));
  expect(await ended).toBe(0);
  expect(program.lines.map((line) => line['event'])).not.toContain('answers-cut');
}
