import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { clientNetwork } from '../addresses/client-network.ts';
import { createHomeNetwork } from '../addresses/networks.ts';

/** Knows whose connections are more than they may be. */
export interface ConnectionLimit {
  /** True for a connection that is one too many; its requests are to be refused. */
  isTooMany(socket: Socket): boolean;
}

/**
 * Says under which address a peer's connections are counted; undefined for who speaks for many: trusted proxies, and the
 * home network, where a proxy stands that nobody has named.
 */
export function createCountedAs(
  addresses: ClientAddresses,
): (peer: string | undefined) => string | undefined {
  const isHome = createHomeNetwork();
  return (peer) => {
    const address = addresses.of(peer, undefined);
    return addresses.isTrusted(address) || isHome(address) ? undefined : address;
  };
}

/**
 * Counts the connections of each client address (of IPv6: each /64). Up to the ceiling they are served; up to twice as
 * many are let in and each request is refused, so that people read why; beyond that they are closed at once, before a
 * TLS handshake, too.
 *
 * @param most The ceiling.
 * @param addressOf What a peer is counted as; undefined for peers that speak for many: proxies in front of us.
 */
export function limitConnections(
  server: Server,
  most: number,
  addressOf: (peer: string | undefined) => string | undefined,
): ConnectionLimit {
  const counts = new Map<string, number>();
  /** By the peer's end: over TLS, the server hands out another object than the one that was counted. */
  const tooMany = new Set<string>();
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket.remoteAddress);
    if (address === undefined) return;
    const network = clientNetwork(address);
    const count = (counts.get(network) ?? 0) + 1;
    if (count > 2 * most) {
      socket.destroy();
      return;
    }
    counts.set(network, count);
    const peer = endOf(socket);
    if (count > most) tooMany.add(peer);
    socket.once('close', () => {
      tooMany.delete(peer);
      const rest = (counts.get(network) ?? 1) - 1;
      if (rest === 0) counts.delete(network);
      else counts.set(network, rest);
    });
  });
  return { isTooMany: (socket) => tooMany.size > 0 && tooMany.has(endOf(socket)) };
}

function endOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
