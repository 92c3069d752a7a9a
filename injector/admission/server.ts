import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { hasBody } from '../http/headers.ts';
import { closeAfterEarlyAnswer } from '../http/node/early-answer.ts';
import { http } from '../http/node/http.ts';
import { OWN_HEADER_LINES, OWN_HEADERS } from '../http/own-headers.ts';
import { hasBrokenOff } from '../http/read-body.ts';
import type { Log } from '../kit/log.ts';
import { limitConnections } from './connection-limit.ts';
import { createIdleBodies } from './idle-bodies.ts';
import { LIMITS, type Limits } from './limits.ts';
import { createPipeliningQueue } from './pipelining-queue.ts';
import { type Refusal, toOriginForm, validateRequest, validateUpgrade } from './request-validation.ts';
import { type ConnectionError, createWrongProtocols } from './wrong-protocol.ts';

/** What Node's parser and timers report, as a refusal. Source: Node 22 to 24, `lib/_http_server.js` and llhttp. */
export function refusalOf(error: ConnectionError): Refusal {
  if (error.code === 'HPE_HEADER_OVERFLOW') return { status: 431, reason: 'head is too large' };
  if (error.code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW')
    return { status: 413, reason: 'chunk extension is too large' };
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, reason: 'head took too long' };
  return { status: 400, reason: 'not a well-formed request' };
}

/** What is reported of a client that goes away before its request is whole: no malformed request, and nobody to tell. */
const BROKEN_OFF = new Set(['HPE_INVALID_EOF_STATE', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT']);

/** What answers the requests that were let in. */
export interface Behind {
  /** Answers a request that may be read in one way only. May reject; the request is then answered 500. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** What the configuration in force refuses besides. */
  validate?(request: IncomingMessage): Refusal | undefined;
  /** The address under which a peer's connections are counted; undefined for one whose connections are not limited. */
  countedAs?(peer: string | undefined): string | undefined;
  /** Told of each refusal. */
  noteRefusal?(refusal: Refusal): void;
  /** Takes a WebSocket upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** A certificate with its chain, and its private key, both in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** How much of an answer may wait for its reader before Jellyfin is to pause; by Node's own 64 kB, slow readers cost 80 kB more. */
const WAITING_BYTES = 4 * 1024;

/**
 * Makes the server that browsers and apps talk to: every request is validated before anything else sees it. It does not listen yet.
 *
 * @param certificate Makes it speak https; `setSecureContext` changes it later. HTTP/2 is not offered.
 */
export function createServer(
  behind: Behind,
  log: Log,
  limits: Limits = LIMITS,
  certificate?: Certificate,
): Server {
  const queue = createPipeliningQueue(limits.waitingRequests, limits.waitingBytes);
  const bodies = createIdleBodies(limits.idleBodyMs);
  const protocols = createWrongProtocols(log);
  const options: ServerOptions = {
    headersTimeout: limits.headMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.headBytes,
    highWaterMark: WAITING_BYTES,
    // Uploads and films take as long as they take; a body that stands still is cut by `bodies`.
    requestTimeout: 0,
    insecureHTTPParser: false,
    // We read the Host header ourselves, to say what is wrong with it.
    requireHostHeader: false,
    // Every other upgrade (h2c, made-up ones) is served as the plain request it also is. Source: RFC 9110 section 7.8.
    shouldUpgradeCallback: (request) =>
      request.method === 'GET' && request.headers.upgrade?.toLowerCase() === 'websocket',
  };
  const server =
    certificate === undefined
      ? http.createServer(options)
      : // A client that says nothing of TLS is one that is slow with its head.
        https.createServer({ ...options, ...certificate, handshakeTimeout: limits.headMs });
  server.maxConnections = limits.connections;
  // Node leaves out what is over its own limit without a word; one more is enough for our validation to see it.
  server.maxHeadersCount = limits.headerLines + 1;

  const connectionLimit = limitConnections(server, limits.connectionsPerAddress, (peer) =>
    behind.countedAs?.(peer),
  );
  const admit = (request: IncomingMessage): Refusal | undefined => {
    if (connectionLimit.isTooMany(request.socket)) return TOO_MANY;
    request.url = toOriginForm(request.url ?? '', request.headers.host);
    return validateRequest(request) ?? behind.validate?.(request);
  };
  const note = (refusal: Refusal, socket: Duplex): void => {
    const client = 'remoteAddress' in socket ? socket.remoteAddress : undefined;
    log.warn({ event: 'request-refused', clientAddress: client, ...refusal });
    behind.noteRefusal?.(refusal);
  };
  /** For connections on which Node answers no more. */
  const refuseRaw = (socket: Duplex, refusal: Refusal): void => {
    note(refusal, socket);
    answerRaw(socket, refusal);
  };
  const answerRaw = (socket: Duplex, refusal: Refusal): void => {
    queue.end(socket);
    const { status } = refusal;
    const line = `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? 'Refused'}`;
    if (socket.writable)
      socket.end(`${line}\r\n${OWN_HEADER_LINES}Connection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.once('finish', () => socket.destroy());
    if (!socket.writable && socket.writableFinished) socket.destroy();
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // A client that goes away is no error of ours; without a listener it would end the process.
    request.on('error', ignore);
    response.on('error', ignore);
    const refusal = admit(request);
    // Node drops what it has read behind an upgrade that is none, so the next bytes could be the middle of anything.
    const isLast = refusal !== undefined || request.headers.upgrade !== undefined;
    if (isLast) response.shouldKeepAlive = false;
    const isTaken = queue.take(request, response, () => {
      if (hasBody(request)) {
        closeAfterEarlyAnswer(request, response, limits);
        bodies.watch(request);
      }
      if (refusal !== undefined) return sayRefusal(response, refusal);
      behind.answer(request, response).catch((error: unknown) => {
        // A client that breaks off is no error of ours, and hears nothing any more.
        if (hasBrokenOff(request)) return;
        log.error({ event: 'request-failed', error: String(error) });
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { 'Content-Length': 0, Connection: 'close' }).end();
      });
    });
    // Nobody reads what stands behind a refused request, so nobody refuses it either.
    if (refusal !== undefined && isTaken) note(refusal, request.socket);
    if (isLast) queue.end(request.socket);
  };
  server.on('request', answer);
  // An expectation we do not know reaches the same validation, which answers 417. Source: RFC 9110 section 10.1.1.
  server.on('checkExpectation', answer);
  server.on('connect', (_request, socket) => {
    socket.on('error', () => socket.destroy());
    queue.fail(socket, () => refuseRaw(socket, { status: 501, reason: 'method is not supported' }));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refusal =
      admit(request) ?? validateUpgrade(request, head) ?? (queue.isFree(socket) ? undefined : CROWDED);
    if (refusal === undefined) behind.upgrade(request, socket, head);
    else queue.fail(socket, () => refuseRaw(socket, refusal));
  });
  server.on('clientError', (error: ConnectionError, socket) => {
    const protocol = protocols.note(error, socket);
    // Browsers open connections in advance and leave them unused.
    if (!socket.writable || ('bytesRead' in socket && socket.bytesRead === 0)) socket.destroy();
    // Who closed only its own side still reads the answer.
    else if (BROKEN_OFF.has(error.code ?? '')) queue.fail(socket, () => answerRaw(socket, refusalOf(error)));
    else {
      const refusal = protocol === undefined ? refusalOf(error) : otherProtocol(protocol);
      queue.fail(socket, () => refuseRaw(socket, refusal));
    }
  });
  return server;
}

const ignore = (): void => undefined;
const otherProtocol = (protocol: string): Refusal => ({
  status: 400,
  reason: `the connection begins with ${protocol}`,
});
const TOO_MANY: Refusal = { status: 503, reason: 'too many connections from one address' };
const CROWDED: Refusal = { status: 400, reason: 'an upgrade behind requests without an answer' };

function sayRefusal(response: ServerResponse, { status, reason }: Refusal): void {
  const body = `Refused: ${reason}.\n`;
  response.writeHead(status, {
    ...OWN_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
    Connection: 'close',
    ...(status === 503 ? { 'Retry-After': '30' } : {}),
  });
  response.end(body);
}
