import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv4 } from 'node:net';
import type { ClientAddresses } from './client-address.ts';

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

/** Headers by which a proxy names others; whoever sends one does not speak for himself. */
const SPEAKS_FOR_OTHERS = new Set(['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-host', 'via']);

/**
 * Says who asks. A proxy on this machine that was not told of in `listen.trustedProxies` makes strangers of everybody
 * as long as it names them in any way, or passes their Host on.
 *
 * @param client From `setForwardedHeaders`.
 */
export function findAsker(request: IncomingMessage, client: string, addresses: ClientAddresses): Asker {
  const isForwarded = request.rawHeaders.some(
    (name, index) => index % 2 === 0 && SPEAKS_FOR_OTHERS.has(name.toLowerCase()),
  );
  if (!isForwarded)
    return isLoopback(client) && isLoopbackHost(request.headers.host) ? 'machine' : 'stranger';
  const peer = addresses.of(request.socket.remoteAddress, undefined);
  const isNear = addresses.isTrusted(client) || isLoopback(client);
  return addresses.isTrusted(peer) && isNear ? 'network' : 'stranger';
}

/** Source: RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3. */
function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? '').toLowerCase().replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || isLoopback(name);
}
