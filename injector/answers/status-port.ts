import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { isLoopbackAddress } from '../addresses/networks.ts';
import { findHiddenClient, isHandedOn } from '../addresses/proxy-marks.ts';

/**
 * Who asks about Gatehouse itself. `machine`: a program on this very machine, that no proxy speaks for; `network`: an
 * address of `listen.trustedProxies`, named by one of them; `stranger`: everybody else.
 */
export type Asker = 'machine' | 'network' | 'stranger';

/** Answers what monitors ask: `/gatehouse/health`, below it, and `/gatehouse/metrics`. */
export interface StatusPort {
  /** Answers it, or returns false when the path is none of them. `path` is what follows `/gatehouse`. Never throws. */
  answer(request: IncomingMessage, response: ServerResponse, path: string, asker: Asker): boolean;
}

/**
 * Says who asks. A proxy on this machine that was not told of in `listen.trustedProxies`, or gives no address of theirs,
 * makes strangers of everybody as long as it marks requests in any way, or passes their Host on.
 *
 * @param client From `setForwardedHeaders`.
 */
export function findAsker(request: IncomingMessage, client: string, addresses: ClientAddresses): Asker {
  if (!isHandedOn(request))
    return isLoopbackAddress(client) && namesLoopback(request.headers.host) ? 'machine' : 'stranger';
  if (findHiddenClient(request, addresses) !== undefined) return 'stranger';
  return addresses.isTrusted(client) || isLoopbackAddress(client) ? 'network' : 'stranger';
}

/** As `isLoopbackHost`, for what a `Host` header holds: with a port, and names below localhost are not believed. */
function namesLoopback(host: string | undefined): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || isLoopbackAddress(name);
}
