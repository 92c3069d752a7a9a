import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { createJoinedSockets, type JoinedSockets } from './upstream/joined-sockets.ts';

/** The WebSockets of a server, from the clients' side. */
export interface OpenWebSockets {
  /** For what joins them with Jellyfin's side. */
  readonly joined: JoinedSockets;
  count(): number;
  /** Tells both sides of each that we go away (1001), and ends it; done within 3 s. */
  end(): Promise<void>;
  /** Cuts all of them without a word. */
  cut(): void;
}

/**
 * Follows them from now on: Node forgets a socket once it was upgraded, and nobody else could end it.
 *
 * @param onClose Called whenever one has ended.
 */
export function followWebSockets(server: Server, onClose: () => void): OpenWebSockets {
  const clients = new Set<Duplex>();
  const joined = createJoinedSockets();
  const cut = (): void => {
    for (const socket of clients) socket.destroy();
  };
  server.on('upgrade', (_request, socket) => {
    clients.add(socket);
    socket.on('close', () => {
      clients.delete(socket);
      onClose();
    });
  });
  return {
    joined,
    count: () => clients.size,
    async end() {
      await joined.endAll();
      // What Jellyfin has not answered yet is joined with nothing.
      cut();
    },
    cut,
  };
}
