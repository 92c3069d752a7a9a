import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';

/** The connections of a server, and what is under way on them. */
export interface Connections {
  /** From now on every answer says that its connection ends with it, so that clients open their next one elsewhere. */
  announceEnd(): void;
  /**
   * Ends those on which nothing is under way, now and as soon as it is so. One that has begun a request has 5 s to send
   * its head.
   */
  endIdle(): void;
  /** Requests that have no whole answer yet. */
  underWay(): number;
  /** Cuts everything. */
  cut(): void;
}

/** How long a head that has begun may still take, in milliseconds. */
const HEAD_MS = 5_000;

/** Follows them from now on; call it before the server listens. */
export function followConnections(server: Server): Connections {
  /** How many requests are under way on each. */
  const open = new Map<Duplex, number>();
  const answers = new Set<ServerResponse>();
  let isAnnounced = false;
  let isEnding = false;

  function count(socket: Duplex, more: 1 | -1): void {
    const before = open.get(socket);
    if (before !== undefined) open.set(socket, before + more);
  }
  function onClose(this: ServerResponse): void {
    answers.delete(this);
    count(this.req.socket, -1);
    if (isEnding) server.closeIdleConnections();
  }

  server.on(server instanceof HttpsServer ? 'secureConnection' : 'connection', (socket: Duplex) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  // First: whoever answers may write its head at once.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    answers.add(response);
    count(request.socket, 1);
    if (isAnnounced) response.shouldKeepAlive = false;
    response.once('close', onClose);
  });
  // It is no connection of the server's any more, and ends in its own way.
  server.on('upgrade', (_request, socket: Duplex) => void open.delete(socket));

  return {
    announceEnd() {
      isAnnounced = true;
      for (const response of answers) if (!response.headersSent) response.shouldKeepAlive = false;
    },
    endIdle() {
      isEnding = true;
      server.closeIdleConnections();
      // Node takes one that never said a word for one that sends its head.
      for (const socket of open.keys()) if ('bytesRead' in socket && socket.bytesRead === 0) socket.destroy();
      setTimeout(() => {
        for (const [socket, underWay] of open) if (underWay === 0) socket.destroy();
      }, HEAD_MS).unref();
    },
    underWay: () => answers.size,
    cut: () => server.closeAllConnections(),
  };
}
