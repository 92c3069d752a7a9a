import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { createCarry, type OnUnreachable } from '../carrier/carry.ts';
import { createConnectionPool } from '../carrier/connection-pool.ts';
import { openSocket } from '../carrier/open-socket.ts';
import type { Upstream } from '../http/upstream.ts';

/** Carries what Gatehouse does not touch. */
export interface PassThrough {
  /** Forwards a request and streams the answer back as it came, hop-by-hop headers aside. Never throws. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** Forwards a WebSocket upgrade and joins the two sockets. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes idle connections; a film that is on its way stays on its way. */
  close(): void;
}

/** Requests go by our own carrier, WebSockets by http-proxy-middleware. Measured: `npm run bench`. */
export function createPassThrough(upstream: Upstream, onUnreachable: OnUnreachable): PassThrough {
  const pool = createConnectionPool((onread) => openSocket(upstream, onread));
  const upgrades = createProxyMiddleware<IncomingMessage, ServerResponse>({
    target: upstream.origin.href,
    ejectPlugins: true,
    plugins: [
      (proxy) => {
        proxy.on('error', (_error, _request, socket) => void socket?.destroy());
        proxy.on('econnreset', (_error, _request, socket) => void socket.destroy());
      },
    ],
  });
  return {
    request: createCarry(pool, upstream.origin.host, onUnreachable),
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      // The signature asks for a socket; Node hands out a Duplex that is one for every server without TLS wrapping.
      upgrades.upgrade(request, socket as Parameters<typeof upgrades.upgrade>[1], head);
    },
    close: () => pool.close(),
  };
}
