import type { IncomingMessage } from 'node:http';

/** Headers in which a client may carry its token. Source: AuthorizationContext, 10.8 to 12.0. */
export const CREDENTIAL_HEADERS = [
  'authorization',
  'x-emby-authorization',
  'x-emby-token',
  'x-mediabrowser-token',
];

/** Names behind the `?` under which it may, in lower case. Source: as above. */
export const CREDENTIAL_QUERIES: ReadonlySet<string> = new Set(['apikey', 'api_key']);

/**
 * Tells whether a request carries a token: clients name themselves in the same headers before anybody has signed in, then
 * without one, or with an empty one.
 */
export function carriesToken({ headers, url = '' }: IncomingMessage): boolean {
  const own = CREDENTIAL_HEADERS.map((name) => headers[name]).filter((value) => typeof value === 'string');
  const isToken = (value: string): boolean =>
    value.includes('=') ? /token="?[^",\s]/i.test(value) : value.trim() !== '';
  return own.some(isToken) || /[?&]api_?key=[^&]/i.test(url);
}
