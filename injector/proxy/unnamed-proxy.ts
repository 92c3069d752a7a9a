import type { IncomingMessage } from 'node:http';
import type { ClientAddresses } from './client-address.ts';

/** Headers that proxies put in, and browsers and apps never do. */
const MARKS = new Set(['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']);

/**
 * True when somebody who is not in `listen.trustedProxies` says that the request is another's: then the address we see
 * is a proxy's, and who stands behind it is not known. A client that makes such a header up only harms itself.
 */
export function isBehindUnnamedProxy(request: IncomingMessage, addresses: ClientAddresses): boolean {
  // Not `headers`: those have been rewritten by now.
  const { rawHeaders, socket } = request;
  const isMarked = rawHeaders.some((name, index) => index % 2 === 0 && MARKS.has(name.toLowerCase()));
  return isMarked && !addresses.isTrusted(addresses.of(socket.remoteAddress, undefined));
}
