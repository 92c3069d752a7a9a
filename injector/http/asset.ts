import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Representation, respond } from './representation.ts';

/** A body that is served under a name which changes with its bytes. */
export interface Asset {
  /** Path below `/gatehouse`, e.g. `/mods/4fJ….js`. */
  readonly path: string;
  readonly contentType: string;
  readonly representation: Representation;
  /** Names and values, in turn, of headers that only it has; default none. */
  readonly headers?: readonly string[];
}

/** Answers a GET or HEAD with it, for ever; any other method with 405. */
export async function respondWithAsset(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, representation, headers = [] }: Asset,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD', 'Content-Length': 0 }).end();
    return;
  }
  await respond(request, response, representation, [
    ...['Content-Type', contentType],
    // The name changes with the bytes, so a copy is right for ever. Source: RFC 8246.
    ...['Cache-Control', 'public, max-age=31536000, immutable'],
    ...['X-Content-Type-Options', 'nosniff'],
    // A page that asks for cross-origin isolation may still load it. Source: Fetch, section 3.7.
    ...['Cross-Origin-Resource-Policy', 'same-origin'],
    ...headers,
  ]);
}
