import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Options } from 'http-proxy-middleware';
import type { Upstream } from '../http/upstream.ts';

/** Carries WebSockets. */
export interface WebSockets {
  /** Forwards an upgrade and joins the two sockets. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

type Carrier = { upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void };

/**
 * Sets up http-proxy-middleware for upgrades only. Each gets a connection of its own: one that Jellyfin refuses is of
 * no use to the next request. It is loaded at the first upgrade, since it takes 20 MB that a start does not need.
 */
export function createWebSockets(upstream: Upstream): WebSockets {
  let carrier: Promise<Carrier> | undefined;
  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      carrier ??= loadCarrier(upstream);
      carrier.then(
        (loaded) => loaded.upgrade(request, socket, head),
        () => socket.destroy(),
      );
    },
  };
}

async function loadCarrier(upstream: Upstream): Promise<Carrier> {
  const { createProxyMiddleware } = await import('http-proxy-middleware');
  const middleware = createProxyMiddleware<IncomingMessage, ServerResponse>({
    target: targetOf(upstream),
    ejectPlugins: true,
    plugins: [
      (proxy) => {
        proxy.on('error', (_error, _request, socket) => void socket?.destroy());
        proxy.on('econnreset', (_error, _request, socket) => void socket.destroy());
      },
    ],
  });
  // The signature asks for a socket; Node hands out a Duplex that is one for every server without TLS wrapping.
  type Upgraded = Parameters<typeof middleware.upgrade>[1];
  return { upgrade: (request, socket, head) => middleware.upgrade(request, socket as Upgraded, head) };
}

/** A socket's path and a certificate authority are part of the target for http-proxy-middleware. */
function targetOf({ origin, socketPath, ca }: Upstream): NonNullable<Options['target']> {
  if (socketPath === undefined && ca === undefined) return origin.href;
  const { protocol, hostname, port } = origin;
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    ...{
      protocol,
      host,
      hostname: host,
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    },
    ...(socketPath === undefined ? {} : { socketPath }),
    ...(ca === undefined ? {} : { ca }),
  };
}
