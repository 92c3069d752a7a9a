import type { IncomingMessage } from 'node:http';

function hostOf(origin: string): string | undefined {
  // Not canParse and then new URL, which refuses some of what the former takes.
  return URL.parse(origin)?.host.toLowerCase();
}

/**
 * Whether a page of ours sent this request, as far as a browser can tell: `Sec-Fetch-Site: same-origin`, or, where a
 * browser does not send it (plain http), an `Origin` of the same host as `Host` or `X-Forwarded-Host`. Programs that
 * send neither header are let through: they carry nobody's cookies, and neither do we look at any.
 * Source: ASVS 5.0 3.5.1, 3.5.3; Fetch Metadata (W3C) section 2.
 */
export function isOwnPage(request: Pick<IncomingMessage, 'headers'>): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined) return true;
  const hosts = [request.headers.host, request.headers['x-forwarded-host']].map((host) =>
    String(host ?? '').toLowerCase(),
  );
  const sender = hostOf(origin);
  return sender !== undefined && hosts.includes(sender);
}
