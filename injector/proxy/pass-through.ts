import type http from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { endToEndHeaders } from '../http/headers.ts';
import type { Upstream } from '../http/upstream.ts';

/** Carries what Gatehouse does not touch. */
export interface PassThrough {
  /** Forwards a request and streams the answer back as it came, hop-by-hop headers aside. Never throws. */
  request(request: IncomingMessage, response: ServerResponse): void;
  /** Forwards a WebSocket upgrade and joins the two sockets. Never throws. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Jellyfin could not be reached, or broke off before its headers. */
export type OnUnreachable = (request: IncomingMessage, response: ServerResponse, error: Error) => void;

/**
 * Sets up http-proxy-middleware as a carrier only: its logging and error pages are left out, and answers are written
 * from the raw headers, so that order, spelling and repetition stay as Jellyfin sent them.
 */
export function createPassThrough(upstream: Upstream, onUnreachable: OnUnreachable): PassThrough {
  const carry = (agent: http.Agent | false) =>
    createProxyMiddleware<IncomingMessage, ServerResponse>({
      target: upstream.origin.href,
      // The types know no `false`, which Node takes for: a connection of its own.
      agent: agent as http.Agent,
      ejectPlugins: true,
      plugins: [
        (proxy) => {
          proxy.on('proxyRes', (answer, _request, response) => {
            if (!isResponse(response) || response.headersSent) return;
            response.sendDate = false;
            response.writeHead(
              answer.statusCode ?? 502,
              answer.statusMessage,
              endToEndHeaders(answer.rawHeaders),
            );
          });
          proxy.on('error', (error, request, response) => {
            if (request !== undefined && isResponse(response)) onUnreachable(request, response, error);
            else response?.destroy();
          });
          proxy.on('econnreset', (_error, _request, response) => response.destroy());
        },
      ],
    });
  const requests = carry(upstream.agent);
  // A refused upgrade leaves its connection unusable; in the shared pool, the next request would die on it.
  const upgrades = carry(false);
  return {
    request(request, response) {
      void requests(request, response, () => undefined);
    },
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      // The signature asks for a socket; Node hands out a Duplex that is one for every server without TLS wrapping.
      upgrades.upgrade(request, socket as Parameters<typeof upgrades.upgrade>[1], head);
    },
  };
}

function isResponse(target: unknown): target is ServerResponse {
  return typeof target === 'object' && target !== null && 'writeHead' in target;
}
