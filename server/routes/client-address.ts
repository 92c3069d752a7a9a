import { isIP } from 'node:net';
import type { Request } from 'express';

/**
 * The client's address: what our proxy wrote into `x-forwarded-for` (see `ResetPort.answer`), else that of the
 * socket. The proxy overwrites what clients send, so the header is believed here.
 * Source: ASVS 5.0 4.1.3.
 */
export function readClientAddress(request: Request): string {
  const forwarded = request.get('x-forwarded-for')?.trim() ?? '';
  return isIP(forwarded) > 0 ? forwarded : (request.socket.remoteAddress ?? '0.0.0.0');
}
