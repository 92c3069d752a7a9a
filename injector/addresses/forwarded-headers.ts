import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { HOP_BY_HOP, namedInConnection } from '../http/headers.ts';
import type { ClientAddresses } from './client-address.ts';
import { CLAIMS } from './proxy-marks.ts';

/** Never removed because a Connection header names them: that would be an attack, not a wish. See `remove`, too. */
const ESSENTIAL = new Set([
  'host',
  'authorization',
  'content-length',
  'content-type',
  'cookie',
  'x-emby-authorization',
  'x-emby-token',
  'x-mediabrowser-token',
]);

const HOP_BY_HOP_NAMES = [...HOP_BY_HOP];

/**
 * Rewrites the request's headers to what Jellyfin gets: hop-by-hop ones removed, exactly one valid client address
 * (an unparsable or missing one counts as the LAN for Jellyfin), our own idea of scheme and host unless a trusted
 * proxy said otherwise. Idempotent.
 *
 * @param isUpgrade True for a WebSocket; a plain request loses its Upgrade header, however it asked.
 * @returns the client's address.
 * Source: jellyfin-server 10.8 to 12.0, ForwardedHeaders; RFC 9110 section 7.6.1.
 */
export function setForwardedHeaders(
  request: IncomingMessage,
  addresses: ClientAddresses,
  isUpgrade = false,
): string {
  const { headers, socket } = request;
  const peer = socket.remoteAddress;
  const host = hostOf(request, addresses);
  const isFromTrusted = addresses.isTrusted(addresses.of(peer, undefined));
  const client = addresses.of(peer, single(headers['x-forwarded-for']));
  const scheme = 'encrypted' in socket && socket.encrypted === true ? 'https' : 'http';
  const claimedScheme = single(headers['x-forwarded-proto'])?.trim().toLowerCase();
  removeHopByHop(headers, isUpgrade);
  // By index, as in `removeHopByHop`: an iterator makes an object for each of some forty names, for each request.
  for (let index = 0; index < CLAIMS.length; index += 1) {
    const name = CLAIMS[index] ?? '';
    if (headers[name] !== undefined) delete headers[name];
  }
  headers['x-forwarded-for'] = client;
  headers['x-forwarded-proto'] =
    isFromTrusted && (claimedScheme === 'https' || claimedScheme === 'http') ? claimedScheme : scheme;
  if (host === undefined) delete headers['x-forwarded-host'];
  else headers['x-forwarded-host'] = host;
  return client;
}

/** The host the client asked for: the Host header, or what a trusted proxy says in X-Forwarded-Host. */
export function hostOf({ headers, socket }: IncomingMessage, addresses: ClientAddresses): string | undefined {
  const claimed = single(headers['x-forwarded-host']);
  const isFromTrusted = addresses.isTrusted(addresses.of(socket.remoteAddress, undefined));
  return isFromTrusted && claimed !== undefined && isHost(claimed) ? claimed : headers.host;
}

function removeHopByHop(headers: IncomingHttpHeaders, isUpgrade: boolean): void {
  if (headers.connection !== undefined) {
    for (const name of namedInConnection(headers.connection)) {
      if (!ESSENTIAL.has(name)) remove(headers, name, isUpgrade);
    }
  }
  for (let index = 0; index < HOP_BY_HOP_NAMES.length; index += 1)
    remove(headers, HOP_BY_HOP_NAMES[index] ?? '', isUpgrade);
  // We have answered 100 Continue ourselves, so nobody behind us need wait.
  delete headers.expect;
  if (headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  if (isUpgrade) headers.connection = 'Upgrade';
}

function remove(headers: IncomingHttpHeaders, name: string, isUpgrade: boolean): void {
  // The framing of a body that is on its way stays, in one spelling; validation lets in no other coding.
  if (name === 'transfer-encoding' || (isUpgrade && name === 'upgrade')) return;
  if (headers[name] !== undefined) delete headers[name];
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function isHost(text: string): boolean {
  return /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i.test(text);
}
