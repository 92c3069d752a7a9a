import type { RequestHandler } from 'express';

/**
 * Nothing but our own files. The pages hold no inline script or style, so no nonce is needed, and Trusted Types
 * leave no way from a string to a script. Source: ASVS 5.0 3.4.3, 3.4.6.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** On every answer, whatever its status; `Cache-Control` is replaced for the few files that may be kept. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Puts the security headers on an answer before any route sees the request. There is no `Strict-Transport-Security`:
 * whoever ends TLS decides that for all of the host. Source: ASVS 5.0 3.4.2 to 3.4.8, 14.3.2; OWASP O23.
 */
export const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.set(HEADERS);
  next();
};
