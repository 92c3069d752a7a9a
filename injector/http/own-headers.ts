import type { IncomingMessage, ServerResponse } from 'node:http';
import { PLAIN_STYLE_HASH } from './plain-page.ts';

/**
 * Nothing but our own files, and the one stylesheet inside of plain pages by its hash. The pages hold no inline script, so
 * no nonce is needed, and Trusted Types leave no way from a string to a script. Source: ASVS 5.0 3.4.3, 3.4.6.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${PLAIN_STYLE_HASH}`,
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "trusted-types 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/**
 * On every answer below `/gatehouse/` and on every refusal by request validation, whatever its status; `Cache-Control` is replaced
 * for the few files that may be kept. Source: ASVS 5.0 3.4.3 to 3.4.8, 14.3.2; OWASP O23.
 */
export const OWN_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The same for answers that Node does not write. */
export const OWN_HEADER_LINES = Object.entries(OWN_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

/** One year, and this host only: what runs on its subdomains is not ours to decide. Source: ASVS 5.0 3.4.1; RFC 6797. */
const ONE_YEAR = 'max-age=31536000';

/** Puts the headers of our own answers on a response; whoever answers may replace one. */
export type SetOwnHeaders = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Makes what sets them. `Strict-Transport-Security` comes with them when people use https: `public.url` begins with it, the request
 * came over TLS (ours, or a trusted proxy says so), and the name that was asked is that of `public.url`, so that no other
 * name of the machine is bound by it. Source: RFC 6797 section 7.2: never over plain http.
 *
 * @param publicUrl `public.url`; undefined when it is not given.
 * @param isHstsWanted `public.hsts`.
 */
export function createOwnHeaders(publicUrl: string | undefined, isHstsWanted: boolean): SetOwnHeaders {
  const url = publicUrl === undefined ? undefined : new URL(publicUrl);
  const host = isHstsWanted && url?.protocol === 'https:' ? url.hostname : undefined;
  return (request, response) => {
    for (const [name, value] of Object.entries(OWN_HEADERS)) response.setHeader(name, value);
    const { headers } = request;
    if (host === undefined || headers['x-forwarded-proto'] !== 'https') return;
    const asked = String(headers['x-forwarded-host'] ?? '').replace(/:\d+$/, '');
    if (asked.toLowerCase() === host) response.setHeader('Strict-Transport-Security', ONE_YEAR);
  };
}
