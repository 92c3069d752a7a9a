import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../http/read-body.ts';
import { readJsonObject } from '../jellyfin/json-body.ts';
import type { AnsweredRoute } from '../jellyfin/routes.ts';
import { wantedLanguages } from '../kit/language-cookie.ts';
import { pickLanguage } from '../kit/translations.ts';
import { refuseBody } from './refuse-body.ts';
import type { RequestOutcome, ResetPort } from './reset-port.ts';
import { type AnswerWords, WORDS } from './words.ts';

/**
 * The body of an answer that lets the client go on to its PIN page: the same for every name. There is no path in it,
 * and no date, which no client shows.
 *
 * Source: `ForgotPasswordResult`, 10.8 to 12.0; the forgot-password page of jellyfin-web, which shows `PinFile`.
 */
export function pinIsOnItsWay(acceptLanguage: string | undefined): string {
  return JSON.stringify({ Action: 'PinCode', PinFile: wordsFor(acceptLanguage).lookThere });
}

/**
 * The body of the answer to a good PIN. Where Jellyfin lists the people whose password became the PIN stand a true
 * sentence and a link: our script leads there by itself, other clients show them. Jellyfin's web client cleans the
 * list as HTML and keeps the link.
 *
 * Source: `PinRedeemResult`, 10.8 to 12.0; the PIN page of jellyfin-web and its `dialog.js` (DOMPurify).
 */
export function pinWasRight(
  { userName, chooseUrl }: { readonly userName: string; readonly chooseUrl: string },
  acceptLanguage: string | undefined,
): string {
  const url = escapeHtml(chooseUrl);
  const sentence = `${escapeHtml(userName)}: ${wordsFor(acceptLanguage).chooseNow}`;
  const link = `<a id="gatehouse-choose-password" href="${url}">${url}</a>`;
  return JSON.stringify({ Success: true, UsersReset: [sentence, link] });
}

function wordsFor(acceptLanguage: string | undefined): AnswerWords {
  return WORDS[pickLanguage(acceptLanguage)];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

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
  const accepted = wantedLanguages(request.headers);
  let outcome: RequestOutcome | undefined;
  try {
    outcome = await reset.requestReset({ enteredName: value, clientAddress, acceptLanguage: accepted });
  } catch {
    // It could not be kept, and its owner has logged why. Nobody is told that a message comes; the same for every name.
    // The form in a browser says nothing at all when a call fails: people get the dialog, programs the status.
    if (request.headers['sec-fetch-site'] === undefined)
      return send(request, response, 503, 'text/plain', 'Error processing request.');
    outcome = 'proof-needed';
  }
  // Another dialog of the client; our words in it lead to our own page.
  if (outcome === 'proof-needed') return send(request, response, 200, JSON_TYPE, ASK_ELSEWHERE);
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
    const result = await reset.redeemPin?.({ pin, clientAddress });
    if (result?.kind === 'accepted') {
      const body = pinWasRight(result, request.headers['accept-language']);
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
