import type { Duplex } from 'node:stream';
import type { Log } from '../kit/log.ts';

/** What Node's parser and TLS report of a connection that they cannot read. */
export interface ConnectionError extends Error {
  readonly code?: string;
  /** The bytes the parser was given last. */
  readonly rawPacket?: Buffer;
}

/** What a connection began with in place of what is spoken here. */
type WrongProtocol = 'PROXY protocol 1' | 'PROXY protocol 2' | 'HTTP/2' | 'TLS' | 'plain HTTP' | 'no TLS';

/** Says once for each peer that it speaks something else than we do, and what to change. */
export interface WrongProtocols {
  /** @returns what it began with; undefined when that is none of the protocols that proxies are set to by mistake. */
  note(error: ConnectionError, socket: Duplex): WrongProtocol | undefined;
}

/** Most peers that are named for each protocol, until the next start: strangers can begin with anything. */
const MAX_PEERS = 16;

/** Source: the PROXY protocol, versions 1 and 2, section 2.2: its first 12 bytes. */
const PROXY_2 = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');

const OFF =
  'Turn it off there (send-proxy in HAProxy, proxy_protocol in nginx, proxyProtocol in Traefik, "Proxy Protocol" at a load balancer), let it send X-Forwarded-For, and write it into listen.trustedProxies.';

const FIXES: Readonly<Record<WrongProtocol, string>> = {
  'PROXY protocol 1': `It begins its connections with the PROXY protocol, which Gatehouse does not speak. ${OFF}`,
  'PROXY protocol 2': `It begins its connections with the PROXY protocol, which Gatehouse does not speak. ${OFF}`,
  'HTTP/2':
    'It speaks HTTP/2 without asking. If it is your reverse proxy, let it speak HTTP/1.1 to Gatehouse.',
  TLS: 'It speaks TLS where Gatehouse speaks plain HTTP. If it is your reverse proxy, give it an address that begins with http://, or give Gatehouse a certificate (listen.tls).',
  'plain HTTP':
    'It speaks plain HTTP where Gatehouse speaks TLS. If it is your reverse proxy, give it an address that begins with https://.',
  'no TLS': `It does not begin with TLS, which Gatehouse speaks there; if it is your reverse proxy, it may be set to the PROXY protocol. ${OFF}`,
};

/** Makes it for one server. */
export function createWrongProtocols(log: Log): WrongProtocols {
  const said = new Map<WrongProtocol, Set<string>>();
  return {
    note(error, socket) {
      const protocol = protocolOf(error, 'bytesRead' in socket ? Number(socket.bytesRead) : 0);
      if (protocol === undefined) return undefined;
      const peer = 'remoteAddress' in socket ? String(socket.remoteAddress) : 'unknown';
      const peers = said.get(protocol) ?? new Set();
      said.set(protocol, peers);
      if (peers.has(peer) || peers.size >= MAX_PEERS) return protocol;
      peers.add(peer);
      log.warn({ event: 'wrong-protocol', peer, protocol, fix: FIXES[protocol] });
      return protocol;
    },
  };
}

/** @param bytesRead Of the connection so far: only its first bytes tell. */
function protocolOf({ code, rawPacket }: ConnectionError, bytesRead: number): WrongProtocol | undefined {
  // What did not begin with TLS is not told. Source: OpenSSL, ssl3_get_record.
  if (code === 'ERR_SSL_HTTP_REQUEST') return 'plain HTTP';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER') return 'no TLS';
  if (rawPacket === undefined || rawPacket.length !== bytesRead) return undefined;
  if (rawPacket.subarray(0, PROXY_2.length).equals(PROXY_2)) return 'PROXY protocol 2';
  const start = rawPacket.toString('latin1', 0, 14);
  if (/^PROXY (?:TCP[46]|UNKNOWN)/.test(start)) return 'PROXY protocol 1';
  if (start === 'PRI * HTTP/2.0') return 'HTTP/2';
  // A record of a handshake, of any version. Source: RFC 8446 section 5.1.
  return rawPacket[0] === 0x16 && rawPacket[1] === 0x03 ? 'TLS' : undefined;
}
