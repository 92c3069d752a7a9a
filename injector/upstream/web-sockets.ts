import { createHash } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'http-proxy-middleware';
import { endToEndHeaders } from '../http/headers.ts';
import { eachHeader, type RawHeaders } from '../http/raw-headers.ts';
import type { JoinedSockets } from './joined-sockets.ts';
import { endpointOf, type JellyfinAddress } from './open-socket.ts';

/** Forwards a WebSocket upgrade and joins the two sockets. Never throws. */
export type ForwardUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** How long one side may go on when the other has ended, in milliseconds. */
const HALF_OPEN_MS = 30_000;
/** How long Jellyfin may take for its answer to an upgrade, connecting included, in milliseconds. */
const ANSWER_MS = 30_000;
/** Source: RFC 6455 section 1.3. */
const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * Carries WebSockets by http-proxy-middleware, each on a connection of its own. The sockets are joined only when
 * Jellyfin has switched to the very WebSocket that was asked for; any other answer is passed on as an answer, and the
 * connection ends.
 *
 * Source: RFC 6455 section 4; RFC 9110 section 7.8.
 *
 * @param joined Hears of each two that are joined.
 */
export function createWebSockets(
  address: JellyfinAddress,
  ca: string | undefined,
  joined: JoinedSockets,
): ForwardUpgrade {
  let proxy: Promise<RequestHandler> | undefined;
  return (request, socket, head) => {
    proxy ??= createProxy(address, ca, joined);
    void proxy.then(({ upgrade }) => {
      // The client may have left while the library was loaded.
      if (!socket.destroyed) upgrade(request, socket as Socket, head);
    });
  };
}

/** Loaded with the first WebSocket: who has none, or none yet, needs none of its memory. */
async function createProxy(
  address: JellyfinAddress,
  ca: string | undefined,
  joined: JoinedSockets,
): Promise<RequestHandler> {
  const { createProxyMiddleware } = await import('http-proxy-middleware');
  const { origin, socketPath } = address;
  const { host, port } = endpointOf(origin);
  return createProxyMiddleware({
    target: {
      protocol: origin.protocol,
      ...{ hostname: host, host, port },
      ...(socketPath === undefined ? {} : { socketPath }),
      ...(ca === undefined ? {} : { ca }),
    },
    // A connection of its own for each; kept ones are for requests.
    agent: false,
    secure: true,
    upgradeTimeout: ANSWER_MS,
    // Its own plugins answer errors in their own words and log addresses.
    ejectPlugins: true,
    logger: { info: ignore, warn: ignore, error: ignore },
    plugins: [
      (server) => {
        server.on('proxyReqWs', (outgoing, request, socket) =>
          watchAnswer(outgoing, request, socket, joined),
        );
        server.on('error', (_error, _request, socket) => refuse(socket as Socket | undefined));
      },
    ],
  });
}

/** Hears Jellyfin's answer before the proxy does, and gives it the headers that the client is to get. */
function watchAnswer(
  outgoing: ClientRequest,
  request: IncomingMessage,
  socket: Socket,
  joined: JoinedSockets,
): void {
  // The client may leave while Jellyfin is still thinking.
  socket.once('close', () => outgoing.destroy());
  outgoing.once('response', (answer) => {
    answer.headers = asRecord(endToEndHeaders(answer.rawHeaders), answer.headers);
    answer.once('end', () => socket.once('finish', () => socket.destroy()));
  });
  outgoing.once('upgrade', (answer, far: Socket) => {
    if (answer.headers['sec-websocket-accept'] !== acceptOf(request)) {
      far.destroy();
      refuse(socket);
      return;
    }
    answer.headers = {
      ...asRecord(endToEndHeaders(answer.rawHeaders), {}),
      Connection: 'Upgrade',
      Upgrade: 'websocket',
    };
    endTogether(far, socket);
    joined.add(socket, far);
  });
}

/** An end goes to the other side as an end; a broken connection breaks the other one, and nobody waits for ever. */
function endTogether(one: Socket, other: Socket): void {
  for (const [side, opposite] of [
    [one, other],
    [other, one],
  ] as const) {
    side.once('end', () => {
      const cut = setTimeout(() => {
        one.destroy();
        other.destroy();
      }, HALF_OPEN_MS).unref();
      opposite.once('close', () => clearTimeout(cut));
    });
    side.once('close', () => {
      if (side.readableEnded) opposite.end();
      else opposite.destroy();
    });
  }
}

function refuse(socket: Socket | undefined): void {
  if (socket === undefined) return;
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.once('finish', () => socket.destroy());
  socket.end('HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** In the spelling in which they came; what the proxy reads of the framing stays as it reads it. */
function asRecord(pairs: RawHeaders, framing: IncomingMessage['headers']): IncomingMessage['headers'] {
  const record: Record<string, string | string[]> = {};
  eachHeader(pairs, (name, value, spelling) => {
    if (name === 'content-length') return;
    const before = record[spelling];
    record[spelling] = before === undefined ? value : [before, value].flat();
  });
  for (const name of ['content-length', 'transfer-encoding'] as const) {
    const value = framing[name];
    if (value !== undefined) record[name] = value;
  }
  return record;
}

function acceptOf(request: IncomingMessage): string {
  return createHash('sha1')
    .update(`${request.headers['sec-websocket-key'] ?? ''}${KEY_SUFFIX}`)
    .digest('base64');
}

function ignore(): void {
  // Said by us, where it matters.
}
