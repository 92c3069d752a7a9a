import type { IncomingMessage } from 'node:http';
import { headerNames, headerValues } from '../http/raw-headers.ts';
import type { ClientAddresses } from './client-address.ts';

/**
 * Headers in which somebody claims an address, a scheme, a host or a path for a request. Jellyfin gets none of them but
 * those that `setForwardedHeaders` writes anew.
 */
export const CLAIMS = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'x-envoy-external-address',
  'cf-connecting-ipv6',
  'x-forwarded',
  'x-forwarded-by',
  'x-forwarded-ssl',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-protocol',
  'x-forwarded-scheme',
  'x-forwarded-server',
  'x-original-url',
  'x-original-host',
  // ASP.NET keeps in these what it believed. Source: ForwardedHeadersDefaults.
  'x-original-for',
  'x-original-proto',
  'x-original-prefix',
  'x-rewrite-url',
  'x-host',
] as const;

/**
 * Headers that proxies put in, and browsers and apps never do: the claims, and what tells of the way. Every header whose
 * name begins with `x-forwarded-` is one, too. Source: RFC 9110 section 7.6.3 (Via), RFC 8586 (CDN-Loop), and what nginx,
 * Caddy, Traefik, HAProxy, Apache, Cloudflare, AWS, Azure, Akamai and Varnish send.
 */
const MARKS: ReadonlySet<string> = new Set([
  ...CLAIMS,
  ...['via', 'cdn-loop', 'cf-ray', 'cf-visitor', 'x-amzn-trace-id', 'x-azure-clientip', 'x-arr-log-id'],
  ...['x-scheme', 'x-url-scheme', 'front-end-https', 'x-real-port', 'x-proxy-user-ip', 'x-remote-ip'],
  ...[
    'x-original-forwarded-for',
    'surrogate-capability',
    'x-varnish',
    'proxy-client-ip',
    'wl-proxy-client-ip',
  ],
]);

/** True when a proxy has marked the request as one that it hands on for somebody else, whoever that proxy is. */
export function isHandedOn({ rawHeaders }: IncomingMessage): boolean {
  // Not `headers`: those have been rewritten by now.
  return headerNames(rawHeaders).some((name) => name.startsWith('x-forwarded-') || MARKS.has(name));
}

/**
 * Why nobody knows who a client is, though a proxy says that there is one. `unnamed`: the proxy is not in
 * `listen.trustedProxies`, so nothing it says is believed; `silent`: it is, and gives no address in X-Forwarded-For. The
 * address that the request is counted under is then the proxy's. A client that makes such a header up only harms itself.
 */
export type HiddenClient = 'unnamed' | 'silent';

/** Says whether a proxy hides the client of a request; undefined also behind one that sends nothing, which nobody can see. */
export function findHiddenClient(
  request: IncomingMessage,
  addresses: ClientAddresses,
): HiddenClient | undefined {
  if (!isHandedOn(request)) return undefined;
  const { rawHeaders, socket } = request;
  if (!addresses.isTrusted(addresses.of(socket.remoteAddress, undefined))) return 'unnamed';
  const named = headerValues(rawHeaders, 'x-forwarded-for');
  return addresses.isNamed(socket.remoteAddress, named.join(',')) ? undefined : 'silent';
}
