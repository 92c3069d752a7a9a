import { BlockList, isIP } from 'node:net';

function unmap(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** One address of X-Forwarded-For; a port and square brackets are allowed. Undefined if it is none. */
export function readAddress(text: string): string | undefined {
  const trimmed = text.trim();
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  return isIP(bare) ? unmap(bare) : undefined;
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (!isIP(address)) continue;
    if (prefix) list.addSubnet(address, Number(prefix), family);
    else list.addAddress(address, family);
  }
  return list;
}

/** What the X-Forwarded-* headers of a request came to. */
export interface Forwarded {
  address: string;
  scheme: string;
  host: string;
}

/** Inputs of {@link readForwarded}; header values of several lines are already joined by commas. */
export interface ForwardedInput {
  peer: string;
  host: string;
  forwardedFor: string | undefined;
  forwardedProto: string | undefined;
  forwardedHost: string | undefined;
  knownProxies: readonly string[];
  /** Up to 10.10.6: without known proxies the last entry of anybody's header is believed. */
  trustAll: boolean;
}

function entries(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((entry) => entry.trim());
}

/**
 * The client's address, scheme and host after ForwardedHeaders. An unparsable or empty X-Forwarded-For leaves the
 * peer's own address, so such a client counts as the proxy itself. Source: jellyfin live, KnownProxies table.
 */
export function readForwarded(input: ForwardedInput): Forwarded {
  const peer = unmap(input.peer);
  const result = { address: peer, scheme: 'http', host: input.host };
  const trustAll = input.trustAll && input.knownProxies.length === 0;
  if (!trustAll && input.knownProxies.length === 0) return result;
  const known = listOf([...input.knownProxies, '127.0.0.0/8', '::1']);
  if (!trustAll && !contains(known, peer)) return result;

  const hops = entries(input.forwardedFor);
  for (let at = hops.length - 1; at >= 0; at -= 1) {
    const address = readAddress(hops[at] ?? '');
    if (address === undefined) break;
    result.address = address;
    if (trustAll || !contains(known, address)) break;
  }
  const proto = entries(input.forwardedProto).at(-1);
  const host = entries(input.forwardedHost).at(-1);
  if (proto) result.scheme = proto;
  if (host) result.host = host;
  return result;
}

const PRIVATE = ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1'];

/**
 * NetworkManager.IsInLocalNetwork with EnableIPv6 off: loopback and the private IPv4 ranges, or loopback and the
 * given subnets if there are any.
 */
export function isInLocalNetwork(address: string, subnets: readonly string[] = []): boolean {
  const loopback = ['127.0.0.0/8', '::1'];
  return contains(listOf(subnets.length > 0 ? [...subnets, ...loopback] : PRIVATE), address);
}

/** Whether an address is in a list of addresses and subnets: the remote address filter. */
export function isListed(address: string, list: readonly string[]): boolean {
  return contains(listOf(list), address);
}
