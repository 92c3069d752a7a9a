import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createCarry, type OnUnreachable } from '../carrier/carry.ts';
import { createConnectionPool } from '../carrier/connection-pool.ts';
import { openSocket } from '../carrier/open-socket.ts';
import type { Upstream } from '../http/upstream.ts';
import { createWebSockets } from './web-sockets.ts';

/** Carries what Gatehouse does not touch. */
export interface PassThrough {
  /** Forwards a request and streams the answer back as it came, hop-by-hop headers aside. Never throws. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** Forwards a WebSocket upgrade and joins the two sockets. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes idle connections; a film that is on its way stays on its way. */
  close(): void;
}

/** Requests go by our own carrier, WebSockets by a tunnel of their own. Measured: `npm run bench`. */
export function createPassThrough(
  upstream: Upstream,
  onUnreachable: OnUnreachable,
  onAnswered?: (afterMs: number) => void,
): PassThrough {
  const pool = createConnectionPool((onread) => openSocket(upstream, onread));
  return {
    request: createCarry(pool, upstream.origin.host, onUnreachable, onAnswered),
    upgrade: createWebSockets(upstream).upgrade,
    close: () => pool.close(),
  };
}
