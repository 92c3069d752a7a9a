import { connect, isIP, type OnReadOpts, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import type { Upstream } from '../http/upstream.ts';

/**
 * Opens a socket to Jellyfin: TCP, TLS with certificates checked, or a unix socket. It may still be connecting.
 *
 * @param onread Where what it reads goes, instead of `data` events; left out, there are `data` events.
 */
export function openSocket(upstream: Upstream, onread?: OnReadOpts): Socket {
  const reading = onread === undefined ? {} : { onread };
  const { ca, origin, socketPath } = upstream;
  if (socketPath !== undefined) return connect({ path: socketPath, ...reading });
  const host = origin.hostname.replace(/^\[|\]$/g, '');
  const isTls = origin.protocol === 'https:';
  const port = Number(origin.port) || (isTls ? 443 : 80);
  if (!isTls) return connect({ host, port, ...reading });
  // Names only: an address is no server name. Source: RFC 6066 section 3.
  const servername = isIP(host) === 0 ? host : '';
  const options: ConnectionOptions & { onread?: OnReadOpts } = {
    host,
    port,
    servername,
    ALPNProtocols: ['http/1.1'],
    ...reading,
  };
  return connectTls(ca === undefined ? options : { ...options, ca });
}
