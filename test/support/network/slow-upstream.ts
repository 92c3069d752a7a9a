import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { listen, shut } from './listen.ts';

/** In place of Jellyfin: what takes its time, and sockets that never rest. */
export interface SlowUpstream {
  readonly url: string;
  /** Codes with which its sockets were closed so far. */
  readonly closeCodes: readonly number[];
  /** Messages that were received, and those that did not come as they were sent. */
  readonly received: { whole: number; torn: number };
}

const PAGE =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>Jellyfin</title></head><body></body></html>';

const INFO = JSON.stringify({ Version: '10.11.11', ServerName: 'slow', StartupWizardCompleted: true });

/** Bytes of a film. */
export const FILM_BYTES = 40 * 16_384;

/** What both sides send: its number at both ends, so that a torn one is noticed. */
export const numberedMessage = (n: number): string => `${n}:${'x'.repeat((n * 97) % 3000)}:${n}`;

/** Whether it came as it was sent. */
export const isWhole = (text: string): boolean => text === numberedMessage(Number(text.split(':', 1)[0]));

/**
 * Starts it; it is gone after the running test. `/film?ms=N` is a film that takes so long, `/slow?ms=N` says `done` after so
 * long, `/upload` says how many bytes came, `/web/index.html` is a page; its sockets send a message each 40 ms.
 */
export async function startSlowUpstream(): Promise<SlowUpstream> {
  const closeCodes: number[] = [];
  const received = { whole: 0, torn: 0 };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://upstream');
    const ms = Number(searchParams.get('ms'));
    if (pathname === '/film') {
      response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': FILM_BYTES });
      let left = 40;
      const timer = setInterval(() => {
        response.write(Buffer.alloc(16_384, 1));
        left -= 1;
        if (left > 0) return;
        clearInterval(timer);
        response.end();
      }, ms / 40);
      response.once('close', () => clearInterval(timer));
    } else if (pathname === '/slow') {
      setTimeout(() => response.end('done'), ms);
    } else if (pathname === '/upload') {
      let bytes = 0;
      request.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      request.on('end', () => response.end(String(bytes)));
    } else if (pathname === '/System/Info/Public') {
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(INFO);
    } else if (pathname === '/web/index.html') {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PAGE);
    } else {
      response.writeHead(404).end();
    }
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket: WebSocket) => {
    let sent = 0;
    const timer = setInterval(() => socket.send(numberedMessage(sent++)), 40);
    socket.on('message', (data) => {
      if (isWhole(String(data))) received.whole += 1;
      else received.torn += 1;
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      clearInterval(timer);
      closeCodes.push(code);
    });
  });
  await listen(server);
  onTestFinished(async () => {
    for (const socket of sockets.clients) socket.terminate();
    await shut(server);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, closeCodes, received };
}
