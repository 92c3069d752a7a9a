import { once } from 'node:events';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { MadeCertificate } from './certificates.ts';

/** A door that leads to a port, byte for byte. */
export interface Front {
  /** Number of the port it listens on; 0 for a unix socket. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Opens another door to a server on 127.0.0.1: a unix socket, an IPv6 address, or TLS.
 *
 * @param where A path, or a host.
 */
export async function openFront(
  port: number,
  where: { readonly path: string } | { readonly host: string; readonly tls?: MadeCertificate },
): Promise<Front> {
  const open = new Set<Socket>();
  const join = (socket: Socket): void => {
    const behind = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [socket, behind],
      [behind, socket],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  };
  const tls = 'tls' in where ? where.tls : undefined;
  const server: Server =
    tls === undefined ? createTcpServer(join) : createTlsServer({ cert: tls.cert, key: tls.key }, join);
  if ('path' in where) server.listen(where.path);
  else server.listen(0, where.host);
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
