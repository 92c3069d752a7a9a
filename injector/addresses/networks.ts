import { BlockList, isIP, isIPv4 } from 'node:net';

type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

/** Loopback, the private ranges, and unique local and link-local IPv6. */
const HOME: readonly Range[] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

/** Link-local and shared (carrier's or overlay's) IPv4: reached without the internet, and not what Jellyfin calls home. */
const NEARBY: readonly Range[] = [
  ['169.254.0.0', 16, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
];

function holding(ranges: readonly Range[]): (address: string) => boolean {
  const list = new BlockList();
  for (const [network, prefix, family] of ranges) list.addSubnet(network, prefix, family);
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/**
 * Makes what tells whether an address is on the home network, as Jellyfin does while no subnets of its own are set and
 * IPv6 is on. 100.64.0.0/10 and 169.254.0.0/16 are outside, as they are for Jellyfin; what is no address is outside too.
 *
 * Source: NetworkManager.IsInLocalNetwork, 10.8 to 12.0; RFC 1918 section 3, RFC 4193 section 3, RFC 4291 section 2.5.6.
 */
export function createHomeNetwork(): (address: string) => boolean {
  return holding(HOME);
}

/**
 * Tells whether an address is reached without the internet: the home network, link-local and shared IPv4. Says what may
 * be sent in plain text, never who may do what. What is no address is not.
 *
 * Source: RFC 1918 section 3, RFC 3927 section 2.1, RFC 4193 section 3, RFC 6598 section 7.
 */
export const isPrivateAddress: (address: string) => boolean = holding([...HOME, ...NEARBY]);

/** Tells whether an address is this machine's own. Source: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

/**
 * Tells whether a host name is the machine itself.
 *
 * @param hostname As `URL.hostname` gives it, IPv6 in brackets.
 * Source: RFC 6761 section 6.3 (localhost), RFC 1122 section 3.2.1.3 (127/8), RFC 4291 section 2.5.3 (::1).
 */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}
