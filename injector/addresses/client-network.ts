import { isIP } from 'node:net';

/**
 * The plain form of an address: of IPv6 without a zone and in lower case, the IPv4 address for one that is mapped.
 * Undefined for what is no address. Never throws. Source: RFC 4291 section 2.5.5.2, RFC 4007 section 11.
 */
export function plainAddress(text: string): string | undefined {
  const [address = ''] = text.split('%', 1);
  if (isIP(address) === 0) return undefined;
  // Before the first group that is not 0 nothing else can stand; most addresses need no closer look.
  if (!/^[0:]+:ffff:/i.test(address)) return address.toLowerCase();
  const groups = groupsOf(address);
  if (groups.findIndex((group) => group !== 0) !== 5) return address.toLowerCase();
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * What a client address is counted under: an IPv4 address itself, of an IPv6 address the /64 (one household has
 * that many addresses). Anything else is counted as it is, cut to 64 characters. Source: RFC 6177 section 2.
 */
export function clientNetwork(address: string): string {
  const plain = plainAddress(address);
  if (plain === undefined) return address.slice(0, 64);
  if (isIP(plain) === 4) return plain;
  const groups = groupsOf(plain).slice(0, 4);
  return `${groups.map((group) => group.toString(16)).join(':')}::/64`;
}

/**
 * Roughly where a client is, for people to read: the /24 of an IPv4 address, the /48 of an IPv6 one, which a provider gives to
 * one customer. Undefined for what is no address. Source: RFC 6177 section 2.
 */
export function roughNetwork(address: string): string | undefined {
  const plain = plainAddress(address);
  if (plain === undefined) return undefined;
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  const groups = groupsOf(plain).slice(0, 3);
  return `${groups.map((group) => group.toString(16)).join(':')}::/48`;
}

/** The eight groups of a valid IPv6 address, in the one spelling that Node's URL gives each. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)),
  ) as [number[], number[]];
  return [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right];
}
