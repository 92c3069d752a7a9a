import { isIP } from 'node:net';
import { isPrivateAddress } from '../addresses/networks.ts';

const HOME_NAMES = /^(?:[^.]+|.+\.(?:local|lan|home|internal|home\.arpa|localhost))$/;

/**
 * True for an address of a page: `http` or `https`, no user name or password in it.
 * Never throws; anything else, `javascript:` among it, gives false.
 */
export function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  // URL.parse forgives a missing slash and spaces around; what an admin wrote is used as written, so neither may be there.
  return (
    url !== null &&
    /^https?:\/\/[^/\s\\]/i.test(text) &&
    !/[\s\\]/.test(text) &&
    url.username + url.password === ''
  );
}

/**
 * As `isWebAddress`, but plain `http` only to this machine or the home network: whoever can read or change what is
 * sent on the way must not learn a password. Source: RFC 1918, RFC 4193, RFC 6598, RFC 6762, RFC 8375.
 */
export function isSafeWebAddress(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:') return true;
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? HOME_NAMES.test(host) : isPrivateAddress(host);
}
