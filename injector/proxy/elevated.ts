import type { IncomingMessage } from 'node:http';
import type { Upstream } from '../upstream/upstream.ts';

/** Where a client may carry its token. Source: AuthorizationContext, 10.8 to 12.0. */
const CREDENTIALS = ['authorization', 'x-emby-authorization', 'x-emby-token', 'x-mediabrowser-token'];
const QUERY_CREDENTIALS = new Set(['apikey', 'api_key']);

/**
 * Asks Jellyfin whether a caller is an administrator, with the caller's own token, by a call that needs one and changes
 * nothing. Never rejects: whoever cannot be asked about is none. A caller without a token costs no call.
 *
 * Source: SystemController.GetServerLogs, policy RequiresElevation in 10.8 to 12.0.
 */
export async function isElevated(request: IncomingMessage, upstream: Upstream): Promise<boolean> {
  const { headers, url = '' } = request;
  const query = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(url.split('?')[1] ?? '')) {
    if (QUERY_CREDENTIALS.has(name.toLowerCase())) query.append(name, value);
  }
  const own = CREDENTIALS.filter((name) => headers[name] !== undefined);
  if (own.length === 0 && query.size === 0) return false;
  const path = `${upstream.basePath}/System/Logs${query.size > 0 ? `?${query}` : ''}`;
  const sent = {
    ...Object.fromEntries(own.map((name) => [name, headers[name]])),
    accept: 'application/json',
    'accept-encoding': 'identity',
    'x-forwarded-for': headers['x-forwarded-for'],
  };
  try {
    return (await upstream.ask({ path, headers: sent })).status === 200;
  } catch {
    return false;
  }
}
