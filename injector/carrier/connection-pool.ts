import type { OnReadOpts, Socket } from 'node:net';
import { type Connection, createConnection } from './connection.ts';

/** Connections to one Jellyfin. There is no upper bound: each film takes one for as long as it runs. */
export interface ConnectionPool {
  /**
   * Hands out an idle connection, or opens one. Never waits.
   *
   * @param isFresh True for a new one in any case.
   */
  take(isFresh?: boolean): Connection;
  /** Closes idle connections; those at work are closed when their exchange ends. */
  close(): void;
}

/** Most idle connections that are kept. */
const MAX_IDLE = 64;
/** How long an idle one is kept, in milliseconds; well below the 130 s after which Jellyfin closes it. Source: Kestrel. */
const MAX_IDLE_MS = 60_000;
/** How long opening one may take, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Makes a pool.
 *
 * @param open Opens a socket to Jellyfin; it may still be connecting. What it reads goes to `onread`.
 */
export function createConnectionPool(open: (onread: OnReadOpts) => Socket): ConnectionPool {
  // The last one in is the first one out, so that few stay busy and the others can be closed.
  const idle: { connection: Connection; since: number }[] = [];
  let isClosed = false;
  let sweep: NodeJS.Timeout | undefined;

  function keep(connection: Connection): void {
    if (isClosed || idle.length >= MAX_IDLE) {
      connection.destroy();
      return;
    }
    idle.push({ connection, since: Date.now() });
    sweep ??= setInterval(closeOld, MAX_IDLE_MS / 4).unref();
  }

  function closeOld(): void {
    while (idle[0] !== undefined && Date.now() - idle[0].since > MAX_IDLE_MS)
      idle.shift()?.connection.destroy();
    if (idle.length > 0) return;
    clearInterval(sweep);
    sweep = undefined;
  }

  function forget(connection: Connection): void {
    const index = idle.findIndex((entry) => entry.connection === connection);
    if (index !== -1) idle.splice(index, 1);
  }

  return {
    take(isFresh = false) {
      const kept = isFresh ? undefined : idle.pop();
      if (kept !== undefined) return kept.connection;
      const connection = createConnection(open, keep, forget);
      const { socket } = connection;
      socket.setNoDelay(true);
      socket.setKeepAlive(true, 60_000);
      if (socket.connecting) {
        const late = setTimeout(() => {
          socket.destroy(new Error(`no connection to Jellyfin within ${CONNECT_TIMEOUT_MS / 1000} s`));
        }, CONNECT_TIMEOUT_MS);
        socket.once('connect', () => clearTimeout(late));
        socket.once('close', () => clearTimeout(late));
      }
      return connection;
    },
    close() {
      isClosed = true;
      clearInterval(sweep);
      for (const { connection } of idle.splice(0)) connection.destroy();
    },
  };
}
