import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import { readJsonObject } from '../jellyfin/json-body.ts';
import type { AnsweredRoute } from '../jellyfin/routes.ts';
import { pinIsOnItsWay, pinWasRight } from './pin-answers.ts';
import { refuseBody } from './refuse-body.ts';
import type { AskedAnswer, ResetPort } from './reset-port.ts';

/** Largest body of a request we answer, in bytes. Jellyfin's own are under 300. */
const MAX_BODY_BYTES = 64 * 1024;

/**
 * Answers the two Forgot Password routes in Jellyfin's place, so that no PIN file is written and people outside the
 * LAN are served. Nothing about the account is looked up before the answer, so it is the same for every name.
 *
 * Source: UserController.ForgotPassword and ForgotPasswordPin, 10.8 to 12.0; recordings of both.
 */
export async function answerInPlace(
  request: IncomingMessage,
  response: ServerResponse,
  route: AnsweredRoute,
  clientAddress: string,
  reset: ResetPort,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES);
  if (body === undefined) return refuseBody(request, response, 413);
  const read = readJsonObject(body, request.rawHeaders);
  if (read.kind === 'unsupported') return refuseBody(request, response, 415);
  const field = route === 'forgot-password' ? 'EnteredUsername' : 'Pin';
  const value = read.kind === 'object' ? read.text(field) : undefined;
  if (value === undefined || value.trim() === '' || value.length > 256) {
    return refuseBody(request, response, 400, field);
  }
  if (route === 'forgot-password-pin') {
    return answerPin(request, response, value, clientAddress, reset);
  }
  const accepted = request.headers['accept-language'];
  let answer: AskedAnswer | undefined;
  try {
    answer = await reset.askReset({ enteredName: value, clientAddress, acceptLanguage: accepted });
  } catch {
    // It could not be kept, and its owner has logged why. Nobody is told that a message comes; the same for every name.
    // The form in a browser says nothing at all when a call fails: people get the dialog, programs the status.
    if (request.headers['sec-fetch-site'] === undefined)
      return send(request, response, 503, 'text/plain', 'Error processing request.');
    answer = 'elsewhere';
  }
  // Another dialog of the client; our words in it lead to our own page.
  if (answer === 'elsewhere') return send(request, response, 200, JSON_TYPE, ASK_ELSEWHERE);
  if (reset.redeemPin !== undefined) {
    return send(request, response, 200, JSON_TYPE, pinIsOnItsWay(accepted));
  }
  // The one answer that shows a single dialog, no path and no PIN page, on every version of the client.
  send(request, response, 200, JSON_TYPE, JSON.stringify({ Action: 'ContactAdmin', PinFile: '' }));
}

async function answerPin(
  request: IncomingMessage,
  response: ServerResponse,
  pin: string,
  clientAddress: string,
  reset: ResetPort,
): Promise<void> {
  try {
    const verdict = await reset.redeemPin?.({ pin, clientAddress });
    if (verdict?.kind === 'accepted') {
      const body = pinWasRight(verdict, request.headers['accept-language']);
      return send(request, response, 200, JSON_TYPE, body);
    }
  } catch {
    // Nobody could look, and its owner has logged why.
    return send(request, response, 503, 'text/plain', 'Error processing request.');
  }
  // What Jellyfin says to a wrong PIN; where messages hold links, each is wrong.
  send(request, response, 404, 'text/plain', 'Error processing request.');
}

const JSON_TYPE = 'application/json; charset=utf-8';

const ASK_ELSEWHERE = JSON.stringify({ Action: 'InNetworkRequired', PinFile: '' });

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  body: string,
): void {
  const headers = [
    'Content-Type',
    type,
    'Content-Length',
    String(Buffer.byteLength(body)),
    'Cache-Control',
    'no-store',
  ];
  // Jellyfin lets any origin call these routes, and web clients served elsewhere do. Source: CorsHosts default "*".
  if (request.headers.origin !== undefined) headers.push('Access-Control-Allow-Origin', '*');
  if (status === 503) headers.push('Retry-After', '10');
  response.writeHead(status, headers).end(body);
}
