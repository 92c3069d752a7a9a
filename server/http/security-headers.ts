import type { RequestHandler } from 'express';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';

/**
 * Puts the security headers on an answer before any route sees the request. The injector in front puts the same on what it
 * answers itself, and alone knows whether `Strict-Transport-Security` may be said.
 */
export const setSecurityHeaders: RequestHandler = (_request, response, next) => {
  response.set(OWN_HEADERS);
  next();
};
