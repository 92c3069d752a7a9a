import { LRUCache } from 'lru-cache';
import { plainAddress } from './client-network.ts';
import { createNetworks } from './networks.ts';

/** Says whose address a request carries. */
export interface ClientAddresses {
  /** True for a peer that may speak for others. */
  isTrusted(address: string): boolean;
  /**
   * The client's address: the peer itself, or, when the peer is trusted, the rightmost address of X-Forwarded-For
   * that is not trusted. What is not an address ends the walk: nothing left of it is believed.
   */
  of(peer: string | undefined, forwardedFor: string | undefined): string;
  /** True when every proxy that is believed names an address; false when one of them says something else, or nothing. */
  isNamed(peer: string | undefined, forwardedFor: string): boolean;
}

/** How many peers' addresses are remembered in their plain form. */
const MAX_PEERS = 1_000;

/**
 * Reads addresses and ranges such as `192.168.1.5`, `10.0.0.0/8`, `fd00::/8`. An empty list trusts nobody.
 *
 * @throws {RangeError} when an entry is neither; the configuration has checked them before.
 */
export function createClientAddresses(trustedProxies: readonly string[]): ClientAddresses {
  const isTrusted = createNetworks(trustedProxies);
  /** Few peers send many requests. */
  const peers = new LRUCache<string, string>({ max: MAX_PEERS });
  function plainPeer(peer: string): string {
    const known = peers.get(peer);
    if (known !== undefined) return known;
    const plain = addressIn(peer) ?? '0.0.0.0';
    peers.set(peer, plain);
    return plain;
  }
  function walk(peer: string | undefined, forwardedFor: string | undefined) {
    let client = plainPeer(peer ?? '');
    if (forwardedFor === undefined) return { client, isNamed: false };
    const named = forwardedFor.split(',').reverse();
    for (const entry of named) {
      if (!isTrusted(client)) break;
      const address = addressIn(entry.trim());
      if (address === undefined) return { client, isNamed: false };
      client = address;
    }
    return { client, isNamed: true };
  }
  return {
    isTrusted,
    of: (peer, forwardedFor) => walk(peer, forwardedFor).client,
    isNamed: (peer, forwardedFor) => walk(peer, forwardedFor).isNamed,
  };
}

/** One bare address out of `1.2.3.4`, `1.2.3.4:80`, `[::1]:80`, `::ffff:1.2.3.4`, `fe80::1%eth0`; else undefined. */
function addressIn(text: string): string | undefined {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1];
  return plainAddress(bracketed ?? withPort ?? text);
}
