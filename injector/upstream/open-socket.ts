import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';

/**
 * Opens a socket to one server; it may still be connecting.
 *
 * @param inspect Sees each piece that is read before anybody else; the socket ends with the error it answers.
 */
export type OpenSocket = (inspect?: (piece: Buffer) => Error | undefined) => Socket;

/** Shared by all sockets: what was read is copied out before anybody else reads. */
const LARGE = Buffer.allocUnsafeSlow(64 * 1024);
const SMALL = Buffer.allocUnsafeSlow(16 * 1024);
/** A reader that has taken this many bytes quickly is a quick one; more than systems keep in their own buffers. */
const QUICK_BYTES = 32 * 1024 * 1024;
/** Quick is so many bytes in so many milliseconds: one long wait says more of a busy machine than of the reader. */
const PACE_BYTES = 4 * 1024 * 1024;
const PACE_MS = 1_000;
/** Answers of calls are smaller, as a rule. */
const READ_AHEAD_BYTES = 4 * 1024;
/** How long connecting may take, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Opens a socket to Jellyfin: TCP, TLS with certificates checked, or a unix socket. It may still be connecting.
 *
 * What it reads for a slow client is read in small pieces: Node reads 64 kB at a time, and a piece stays in memory for
 * as long as the client takes over it.
 *
 * @param ca The only certificate authorities that are believed, in PEM; undefined for those of the system.
 * @param inspect As in `OpenSocket`.
 */
export function openSocket(
  address: JellyfinAddress,
  ca: string | undefined,
  inspect: Parameters<OpenSocket>[0] = () => undefined,
): Socket {
  const onread = readInPieces((piece) => {
    const fault = inspect(piece);
    if (fault === undefined) return socket.push(piece);
    socket.destroy(fault);
    return false;
  });
  // Reads little ahead for a reader that pauses; with no mark at all, reading would stop and start at each small answer.
  const reading = { readableHighWaterMark: READ_AHEAD_BYTES, onread };
  const { origin, socketPath } = address;
  const isTls = origin.protocol === 'https:';
  const { host, port } = endpointOf(origin);
  const socket = open();
  socket.setNoDelay(true);
  socket.setKeepAlive(true, 60_000);
  endUnlessConnected(socket);
  return socket;

  function open(): Socket {
    if (socketPath !== undefined) return connect({ path: socketPath, ...reading });
    if (!isTls) return connect({ host, port, ...reading });
    // Names only: an address is no server name. Source: RFC 6066 section 3.
    const servername = isIP(host) === 0 ? host : '';
    const options: ConnectionOptions & { onread: OnReadOpts } = {
      ...{ host, port, servername, ALPNProtocols: ['http/1.1'] },
      // A TLS socket knows one mark for both sides only.
      ...{ highWaterMark: SMALL.length, onread },
    };
    return connectTls(ca === undefined ? options : { ...options, ca });
  }
}

/** Host, an IPv6 address without its brackets, and port, that of the scheme where none is given. */
export function endpointOf({ hostname, port, protocol }: URL): {
  readonly host: string;
  readonly port: number;
} {
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (protocol === 'https:' ? 443 : 80),
  };
}

function endUnlessConnected(socket: Socket): void {
  if (!socket.connecting) return;
  const late = setTimeout(() => {
    const error = new Error(`no connection to Jellyfin within ${CONNECT_TIMEOUT_MS / 1000} s`);
    socket.destroy(Object.assign(error, { code: 'ERR_CONNECT_TIMEOUT' }));
  }, CONNECT_TIMEOUT_MS);
  socket.once('connect', () => clearTimeout(late));
  socket.once('close', () => clearTimeout(late));
}

/** @param push Takes a piece; answers false when the reader wants no more for now. */
function readInPieces(push: (piece: Buffer) => boolean): OnReadOpts {
  let quickBytes = 0;
  let paceBytes = 0;
  let paceSince = performance.now();
  return {
    buffer: () => (quickBytes > QUICK_BYTES ? LARGE : SMALL),
    callback(count, buffer) {
      paceBytes += count;
      const now = performance.now();
      if (paceBytes > PACE_BYTES || now - paceSince > PACE_MS) {
        quickBytes = now - paceSince > PACE_MS ? 0 : quickBytes + paceBytes;
        paceBytes = 0;
        paceSince = now;
      }
      // Not from Node's pool: a small piece would hold a large one of it.
      const piece = Buffer.allocUnsafeSlow(count);
      (buffer as Buffer).copy(piece, 0, 0, count);
      return push(piece);
    },
  };
}

/** `jellyfin.url` in its parts. */
export interface JellyfinAddress {
  /** Scheme, host and port, without a path. */
  readonly origin: URL;
  /** Jellyfin's base URL, e.g. `/jellyfin`, without a trailing slash; empty for none. */
  readonly basePath: string;
  /** Path of the unix socket it listens on; undefined for TCP. `origin` is then `http://localhost`. */
  readonly socketPath: string | undefined;
}
