import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../kit/log.ts';
import { type Refusal, refuse, toOriginForm } from './gate.ts';

/** What stands behind the gate. */
export interface Behind {
  /** Answers a request that may be read in one way only. May reject; the request is then answered 500. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes a WebSocket upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** How long a client may take for its headers, in milliseconds; longer is an attack that holds connections open. */
const HEADERS_TIMEOUT_MS = 15_000;
/** How long an idle connection is kept, in milliseconds; more than the 60 s of common proxies in front of us. */
const KEEP_ALIVE_MS = 75_000;
/** Largest head of a request, in bytes; the same as Jellyfin's own. Source: Kestrel, MaxRequestHeadersTotalSize. */
const MAX_HEADER_BYTES = 32 * 1024;

/** Makes the server that browsers and apps talk to: one gate in front of everything. It does not listen yet. */
export function createServer(behind: Behind, log: Log): http.Server {
  const server = http.createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: 2_000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Uploads and films take as long as they take.
    requestTimeout: 0,
    insecureHTTPParser: false,
    // We read the Host header ourselves, to say what is wrong with it.
    requireHostHeader: false,
    // Every other upgrade (h2c, made-up ones) is served as the plain request it also is. Source: RFC 9110 section 7.8.
    shouldUpgradeCallback: (request) =>
      request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket',
  });
  const stop = (request: IncomingMessage, refusal: Refusal): void => {
    log.warn({
      event: 'request-refused',
      status: refusal.status,
      reason: refusal.reason,
      client: request.socket.remoteAddress,
    });
  };
  const admit = (request: IncomingMessage): Refusal | undefined => {
    request.url = toOriginForm(request.url ?? '', request.headers.host);
    return refuse(request);
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // A client that goes away is no error of ours; without a listener it would end the process.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    const refusal = admit(request);
    if (refusal !== undefined) {
      stop(request, refusal);
      const body = `Refused: ${refusal.reason}.\n`;
      response.writeHead(refusal.status, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': body.length,
        Connection: 'close',
      });
      response.end(body);
      return;
    }
    behind.answer(request, response).catch((error: unknown) => {
      log.error({ event: 'request-failed', error: String(error) });
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'Content-Length': 0, Connection: 'close' }).end();
    });
  };
  server.on('request', answer);
  // An expectation we do not know reaches the same gate, which answers 417. Source: RFC 9110 section 10.1.1.
  server.on('checkExpectation', answer);
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal = admit(request);
    if (refusal === undefined) return behind.upgrade(request, socket, head);
    stop(request, refusal);
    socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  return server;
}
