import { BlockList, isIP } from 'node:net';

/** Loopback, the private ranges, and unique local and link-local IPv6. */
const RANGES = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
] as const;

/**
 * Makes what tells whether an address is on the home network, as Jellyfin does while no subnets of its own are set and
 * IPv6 is on. 100.64.0.0/10 and 169.254.0.0/16 are outside, as they are for Jellyfin; what is no address is outside too.
 *
 * Source: NetworkManager.IsInLocalNetwork, 10.8 to 12.0; RFC 1918 section 3, RFC 4193 section 3, RFC 4291 section 2.5.6.
 */
export function createHomeNetwork(): (address: string) => boolean {
  const home = new BlockList();
  for (const [address, prefix, family] of RANGES) home.addSubnet(address, prefix, family);
  return (address) => {
    const family = isIP(address);
    return family !== 0 && home.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}
