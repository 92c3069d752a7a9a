import { BlockList, isIP } from 'node:net';

const LOOPBACK = ['127.0.0.0/8', '::1'];

/** Loopback, the private ranges, and unique local and link-local IPv6. */
const HOME = [...LOOPBACK, '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'];

/** Link-local and shared (carrier's or overlay's) IPv4: reached without the internet, and not what Jellyfin calls home. */
const NEARBY = ['169.254.0.0/16', '100.64.0.0/10'];

/**
 * Makes what tells whether an address is in one of some networks; a mapped IPv4 address counts as the IPv4 one, what is
 * no address is in none.
 *
 * @param entries Addresses and ranges such as `192.168.1.5`, `10.0.0.0/8`, `fd00::/8`.
 * @throws {RangeError} when an entry is neither.
 */
export function createNetworks(entries: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of entries) {
    const [network = '', prefix] = entry.split('/');
    const family = familyOf(network);
    if (family === undefined) throw new RangeError(`"${entry}" is neither an address nor a range`);
    if (prefix === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(prefix), family);
  }
  return (address) => {
    const family = entries.length === 0 ? undefined : familyOf(address);
    return family !== undefined && list.check(address, family);
  };
}

/** Tells whether `createNetworks` takes it. A zone (`fe80::1%eth0`) means something on one machine only, and is not taken. */
export function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const family = isIP(address);
  if (family === 0) return undefined;
  return family === 4 ? 'ipv4' : 'ipv6';
}

/**
 * Makes what tells whether an address is on the home network, as Jellyfin does while no subnets of its own are set and
 * IPv6 is on. 100.64.0.0/10 and 169.254.0.0/16 are outside, as they are for Jellyfin; what is no address is outside too.
 *
 * Source: NetworkManager.IsInLocalNetwork, 10.8 to 12.0; RFC 1918 section 3, RFC 4193 section 3, RFC 4291 section 2.5.6.
 */
export function createHomeNetwork(): (address: string) => boolean {
  return createNetworks(HOME);
}

/**
 * Tells whether an address is reached without the internet: the home network, link-local and shared IPv4. Says what may
 * be sent in plain text, never who may do what. What is no address is not.
 *
 * Source: RFC 1918 section 3, RFC 3927 section 2.1, RFC 4193 section 3, RFC 6598 section 7.
 */
export const isPrivateAddress: (address: string) => boolean = createNetworks([...HOME, ...NEARBY]);

/** What no address of a server on the internet is in. Source: RFC 6890; IANA special-purpose address registries. */
const SPECIAL = [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
  ],
  ...[
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
  ],
  ...['224.0.0.0/4', '240.0.0.0/4', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
];
const isSpecial = createNetworks(SPECIAL);
/** All of IPv6 that is given out for servers; mapped and translated IPv4 is outside. Source: RFC 4291 section 2.4. */
const isGlobalUnicast = createNetworks(['2000::/3']);

/** Tells whether an address is one that servers on the internet have: no private, local, mapped or reserved one. */
export function isPublicAddress(address: string): boolean {
  return (isIP(address) === 4 || isGlobalUnicast(address)) && !isSpecial(address);
}

/** Tells whether an address is this machine's own. Source: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
export const isLoopbackAddress: (address: string) => boolean = createNetworks(LOOPBACK);

/**
 * Tells whether a host name is the machine itself.
 *
 * @param hostname As `URL.hostname` gives it, IPv6 in brackets.
 * Source: RFC 6761 section 6.3 (localhost), RFC 1122 section 3.2.1.3 (127/8), RFC 4291 section 2.5.3 (::1).
 */
export function isLoopbackHost(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const isName = name === 'localhost' || name.endsWith('.localhost');
  return isName || isLoopbackAddress(name.replace(/^\[|\]$/g, ''));
}
