import { type HttpClient, isRepeatable } from './exchange.ts';
import { createKeptConnections } from './kept-connections.ts';
import type { OpenSocket } from './open-socket.ts';
import { sendAlone } from './send-alone.ts';

/**
 * Makes the client of one server. A request without a body that may be repeated goes over a kept connection; every other
 * one has a connection of its own that ends with it. So no byte of a body can ever stand before another request, and
 * nothing that must not be done twice meets a connection that was closed just now.
 *
 * Which libraries do it, and why, with figures: `docs/decisions/2026-11-29-http-client.md`.
 *
 * @param openSocket Opens a socket to the server; it may still be connecting.
 */
export function createHttpClient(openSocket: OpenSocket): HttpClient {
  const kept = createKeptConnections(openSocket);
  return {
    send(request, receiver) {
      const { body, isFresh = false, method } = request;
      const mayShare = body === undefined && isRepeatable(method) && !isFresh;
      return mayShare ? kept.send(request, receiver) : sendAlone(openSocket(), request, receiver);
    },
    close: () => kept.close(),
  };
}
