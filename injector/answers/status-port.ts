import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ClientAddresses } from '../addresses/client-address.ts';
import { isLoopbackAddress } from '../addresses/networks.ts';
import { findHiddenClient, type HiddenClient, isHandedOn } from '../addresses/proxy-marks.ts';
import { headerValues } from '../http/raw-headers.ts';

/**
 * Who asks about Gatehouse itself. `machine`: a program on this very machine, that no proxy speaks for; `network`: an
 * address of `listen.trustedProxies`, named by one of them; `stranger`: everybody else.
 */
export type Asker = 'machine' | 'network' | 'stranger';

/** Answers what monitors ask: `/gatehouse/health`, below it, and `/gatehouse/metrics`. */
export interface StatusPort {
  /**
   * Answers it, or returns false when the path is none of them. Never throws.
   *
   * @param path What follows `/gatehouse`.
   * @param way Left out where no client comes: then nobody is told how they came.
   */
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    asker: Asker,
    way?: ArrivalWay,
  ): boolean;
  /**
   * Answers the administrator's own program that asks, at a path of Jellyfin's, which way such requests take; false for all
   * others, whatever they ask. Left out, nobody is answered. Never throws.
   */
  answerRoad?(request: IncomingMessage, response: ServerResponse, way: () => ArrivalWay): boolean;
}

/** How a request came to us. */
export interface ArrivalWay {
  /** The peer's plain address, as it would be written into `listen.trustedProxies`. */
  readonly peer: string;
  /** The address that the request is counted under. */
  readonly client: string;
  /** Whether a proxy handed it on: one that we believe, one that hides the client, or none that marks what it hands on. */
  readonly proxy: 'none-seen' | 'trusted' | HiddenClient;
  readonly isEncrypted: boolean;
}

/** Describes how a request came, by the headers as they were sent. */
export function describeWay(request: IncomingMessage, addresses: ClientAddresses): ArrivalWay {
  const { rawHeaders, socket } = request;
  const named = headerValues(rawHeaders, 'x-forwarded-for').join(',');
  const hidden = findHiddenClient(request, addresses);
  return {
    peer: addresses.of(socket.remoteAddress, undefined),
    client: addresses.of(socket.remoteAddress, named === '' ? undefined : named),
    proxy: hidden ?? (isHandedOn(request) ? 'trusted' : 'none-seen'),
    isEncrypted: 'encrypted' in socket && socket.encrypted === true,
  };
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
