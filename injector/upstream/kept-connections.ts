import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import Client from 'undici/lib/dispatcher/client.js';
import { createHeadJudge, type HttpClient, MAX_HEAD_BYTES } from './exchange.ts';
import type { OpenSocket } from './open-socket.ts';

/** Most idle connections that are kept. */
const MAX_IDLE = 64;
/** How long an idle one is kept, in milliseconds; well below the 130 s after which Jellyfin closes it. Source: Kestrel. */
const MAX_IDLE_MS = 60_000;

/** A connection, made when it is first needed. */
interface Connection {
  readonly client: Client;
  socket: Socket | undefined;
  /** How many exchanges it was taken for. */
  exchanges: number;
  /** True until the first bytes of the answer have come. */
  isHeadDue: boolean;
}

/**
 * Carries requests without a body by undici, each on a connection that carries nothing else meanwhile.
 *
 */
export function createKeptConnections(openSocket: OpenSocket): HttpClient {
  // The last one in is the first one out, so that few stay busy and the others can be closed.
  const idle: Connection[] = [];
  let isClosed = false;

  function open(): Connection {
    // The address is never looked up: the socket is ours.
    const client = new Client('http://jellyfin', {
      pipelining: 1,
      keepAliveTimeout: MAX_IDLE_MS,
      keepAliveMaxTimeout: MAX_IDLE_MS,
      maxHeaderSize: MAX_HEAD_BYTES,
      // Films may be silent for as long as they like; who reads a whole answer sets a limit of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect(_options, callback) {
        const socket = openSocket((piece) => {
          if (!connection.isHeadDue) return undefined;
          connection.isHeadDue = false;
          return isHttp1(piece) ? undefined : new Error('Jellyfin does not answer in HTTP/1.1');
        });
        connection.socket = socket;
        const fail = (error: Error): void => callback(error, null);
        socket.once('error', fail);
        socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => {
          socket.off('error', fail);
          callback(null, socket);
        });
      },
    });
    const connection: Connection = { client, socket: undefined, exchanges: 0, isHeadDue: false };
    client.on('disconnect', () => {
      const index = idle.indexOf(connection);
      if (index === -1) return;
      idle.splice(index, 1);
      void client.destroy();
    });
    return connection;
  }

  /** Keeps a connection for the next request, unless a byte of this one is still owed on it, either way. */
  function release(connection: Connection): void {
    const { client, socket } = connection;
    const isClean = socket?.readable && socket.writable && !(socket.readableLength || socket.writableLength);
    if (isClean && !isClosed && idle.length < MAX_IDLE) idle.push(connection);
    else void client.destroy();
  }

  return {
    send({ method, path, headers }, receiver) {
      const connection = idle.pop() ?? open();
      const { client } = connection;
      const { judge } = createHeadJudge();
      connection.exchanges += 1;
      connection.isHeadDue = true;
      let controller: Dispatcher.DispatchController | undefined;
      let isOver = false;
      client.dispatch(
        { method: method as Dispatcher.HttpMethod, path, headers: headers as string[], blocking: false },
        {
          onRequestStart(started) {
            controller = started;
          },
          onResponseStart(started, status, _headers, reason) {
            if (isOver) return;
            const rawHeaders = latin1Of(started.rawHeaders as Buffer[] | undefined);
            // Views of the first piece, which would stay in memory for as long as the answer takes.
            started.rawHeaders = [];
            const verdict = judge(status, reason ?? '', rawHeaders);
            if (verdict instanceof Error) started.abort(verdict);
            else if (verdict === undefined) receiver.onHead(status, reason ?? '', rawHeaders);
          },
          onResponseData(started, chunk) {
            if (isOver || receiver.onData(chunk)) return;
            started.pause();
            // Else one piece more is read and kept.
            connection.socket?.pause();
          },
          onResponseEnd() {
            // Not before undici has left its parser, and knows itself what becomes of the connection.
            queueMicrotask(() => release(connection));
            if (isOver) return;
            isOver = true;
            receiver.onEnd();
          },
          onResponseError(_started, error) {
            queueMicrotask(() => void client.destroy());
            if (isOver) return;
            isOver = true;
            receiver.onError(error, connection.exchanges > 1);
          },
        },
      );
      return {
        resume: () => controller?.resume(),
        abort() {
          if (isOver) return;
          isOver = true;
          void client.destroy();
        },
      };
    },
    close() {
      isClosed = true;
      for (const { client } of idle.splice(0)) void client.destroy();
    },
  };
}

/** Undici takes any version for 1.1, and tells nobody. Source: undici 8.13, lib/dispatcher/client-h1.js. */
function isHttp1(piece: Buffer): boolean {
  return 'HTTP/1.'.startsWith(piece.toString('latin1', 0, 7));
}

/** One character a byte, as Node reads and writes heads. */
function latin1Of(rawHeaders: readonly Buffer[] = []): string[] {
  return rawHeaders.map((part) => part.toString('latin1'));
}
