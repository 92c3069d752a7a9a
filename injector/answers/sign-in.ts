import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import { readJsonObject } from '../jellyfin/json-body.ts';
import type { LoginRoute } from '../jellyfin/routes.ts';
import { SIGN_IN_HELD } from '../jellyfin/web-client.ts';
import type { Forward } from '../upstream/forward.ts';
import { refuseBody } from './refuse-body.ts';
import type { LoginAttempt, LoginOutcome, LoginThrottle } from './reset-port.ts';

/** Largest body of a sign-in, in bytes. Jellyfin's clients send under 1 kB; what cannot be read cannot be counted. */
export const MAX_LOGIN_BYTES = 64 * 1024;

/**
 * Lets a sign-in through to Jellyfin, byte for byte, unless the throttle holds it; then Jellyfin is not asked. What
 * Jellyfin answers is told to the throttle. A body whose name cannot be read is let through too and counted for its
 * network: Jellyfin refuses it without counting, or reads it where we cannot.
 *
 * @param clientAddress From `setForwardedHeaders`.
 */
export async function answerLogin(
  request: IncomingMessage,
  response: ServerResponse,
  login: LoginRoute,
  clientAddress: string,
  throttle: LoginThrottle | undefined,
  forward: Forward,
): Promise<void> {
  // Jellyfin answers some sign-ins without reading what comes with them: a body has its limit on each.
  const body = await readBody(request, MAX_LOGIN_BYTES);
  if (body === undefined) return refuseBody(request, response, 413);
  if (throttle === undefined) return forward(request, response, body);
  let name: string;
  if (login.by === 'id') {
    const id = login.id.replace(/[{}()-]/g, '');
    // .NET reads further forms of a Guid, which no client writes: one account must have one name here.
    if (!/^[0-9a-f]{32}$/.test(id)) return refuseBody(request, response, 400);
    name = `#${id}`;
  } else {
    const read = readJsonObject(body, request.rawHeaders);
    if (read.kind === 'unsupported') return refuseBody(request, response, 415);
    if (read.kind === 'broken') return refuseBody(request, response, 400, 'request');
    name = read.text('Username') ?? '';
    // Jellyfin refuses a sign-in without a name before it counts anything.
    if (name.trim() === '') return refuseBody(request, response, 400);
  }
  const attempt: LoginAttempt = { name, clientAddress };
  const permission = await throttle.begin(attempt);
  if (permission.isHeld) return answerHeld(request, response, permission.waitSeconds);
  // Whoever left meanwhile asks nothing of Jellyfin any more.
  if (response.destroyed || response.closed) return void (await throttle.end(attempt, 'neither'));
  response.once('close', () => void throttle.end(attempt, outcomeOf(response)));
  forward(request, response, body);
}

/** Jellyfin counts on 401 only. A client that leaves before the answer must not be able to hide a failure. */
function outcomeOf({ headersSent, statusCode }: ServerResponse): LoginOutcome {
  if (!headersSent || statusCode === 401) return 'failure';
  return statusCode === 200 ? 'success' : 'neither';
}

/**
 * As Jellyfin's answer to who may not sign in now, so that every client shows its usual words, with a code that our own
 * part in the web client reads. With 401 clients would say that the password is wrong, which it may not be; with 429,
 * that there is no connection. Source: recordings, status 403; jellyfin-web 10.8 to 12.0, the login page.
 */
function answerHeld(request: IncomingMessage, response: ServerResponse, waitSeconds: number): void {
  const body = 'Error processing request.';
  const headers = [
    ...['Content-Type', 'text/plain', 'Content-Length', String(body.length), 'Cache-Control', 'no-store'],
    ...[SIGN_IN_HELD.header, `${SIGN_IN_HELD.code}${waitSeconds}`],
  ];
  if (waitSeconds > 0) headers.push('Retry-After', String(waitSeconds));
  if (request.headers.origin !== undefined) {
    headers.push('Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', SIGN_IN_HELD.header);
  }
  response.writeHead(403, headers).end(body);
}
