/** Host and port as they are written together: an IPv6 address stands in brackets. Source: RFC 3986 section 3.2.2. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where a program on the same machine finds who listens on that host: one that means every address is asked on loopback. */
export function hostToConnect(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
