import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { endToEndHeaders } from '../../injector/http/headers.ts';
import { hasBrokenOff, readBody } from '../../injector/http/read-body.ts';
import { onlyOwnCookies } from '../http/account-cookie.ts';
import { answerProblem } from '../http/problems.ts';
import type { Logger } from '../log/log.ts';
import { ResetAwayError, type ServiceConnection } from './connection.ts';
import { CONNECTION_LIMITS } from './limits.ts';
import { ANSWER_MARK, CARRIED, PATHS } from './protocol.ts';

/** What our routes look at; nothing else is carried, so that nobody can make a request the service refuses to read. */
const CARRIED_AS_THEY_ARE = [
  'accept',
  'accept-encoding',
  'accept-language',
  'content-encoding',
  'content-type',
  'cookie',
  'if-modified-since',
  'if-none-match',
  'origin',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'user-agent',
] as const;

const NOT_RELAYED = new Set([ANSWER_MARK]);

/**
 * Carries a person's request to the reset service and its answer back. The body is read whole first (it is
 * small, and a slow one then holds nothing but its own connection); the answer is streamed. When the service is away, the
 * answer is a page that says so, or an `ApiError`, with 503; when it breaks off, so does the answer.
 */
export function createCarrier(parts: {
  readonly send: ServiceConnection['send'];
  readonly log: Logger;
}): (request: IncomingMessage, response: ServerResponse) => void {
  async function carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    if (url.length > CONNECTION_LIMITS.address) return answerProblem(request, response, 'bad-body', 414);
    const headers = headersOf(request);
    if (sizeOf(headers) > CONNECTION_LIMITS.headers) return answerProblem(request, response, 'bad-body', 431);
    const body = await readBody(request, CONNECTION_LIMITS.bodyBytes);
    if (body === undefined) return answerProblem(request, response, 'bad-body', 413);
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    const answer = await parts.send({
      method,
      path: `${PATHS.people}${url}`,
      headers,
      body: body.length > 0 || method === 'POST' ? body : undefined,
      timeoutMs: CONNECTION_LIMITS.answerMs,
      signal: gone.signal,
      isRepeatable: method === 'GET' || method === 'HEAD',
    });
    response.writeHead(answer.statusCode ?? 502, endToEndHeaders(answer.rawHeaders, NOT_RELAYED));
    // From here on whoever leaves ends the answer too. One listener more, and Node would warn of a leak at every request.
    response.off('close', leave);
    // Destroys the response when the service breaks off, so that nobody takes a part for the whole.
    pipeline(answer, response, () => undefined);
  }

  return (request, response) => {
    carry(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed || hasBrokenOff(request)) response.destroy();
      else if (error instanceof ResetAwayError) answerProblem(request, response, 'unavailable');
      else {
        parts.log.error({ event: 'request-failed', path: request.url?.split('?', 1)[0], err: error });
        answerProblem(request, response, 'internal');
      }
    });
  };
}

function headersOf({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const carried: OutgoingHttpHeaders = {};
  for (const name of CARRIED_AS_THEY_ARE) if (headers[name] !== undefined) carried[name] = headers[name];
  carried[CARRIED.client] = headers['x-forwarded-for'];
  carried[CARRIED.scheme] = headers['x-forwarded-proto'];
  if (headers['x-forwarded-host'] !== undefined) carried[CARRIED.host] = headers['x-forwarded-host'];
  // Those of others on this host are many, and none of our business.
  const cookie = onlyOwnCookies(headers.cookie);
  if (cookie !== undefined) carried.cookie = cookie;
  if (headers.authorization !== undefined) carried[CARRIED.authorization] = headers.authorization;
  return carried;
}

function sizeOf(headers: OutgoingHttpHeaders): number {
  return Object.entries(headers).reduce(
    (size, [name, value]) => size + name.length + String(value).length,
    0,
  );
}
