import type { IncomingMessage, ServerResponse } from 'node:http';
import { OWN_HEADERS } from '../../injector/proxy/own-headers.ts';
import type { ApiErrorCode } from '../contract.ts';
import { ApiFailure } from '../errors.ts';
import { BROKEN_PAGE, drawPageProblem, NO_SUCH_PAGE, UNAVAILABLE_PAGE } from './page-problem.ts';

/** Seconds after which a try again is worth it. */
const RETRY_SECONDS = '10';

/**
 * Answers a request below `/gatehouse` with a problem where there is no app to do it: an `ApiError` below `/api`, a small
 * page elsewhere. The same for everybody.
 *
 * @param status Another one than the catalogue has for the code.
 */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  code: Extract<ApiErrorCode, 'unavailable' | 'internal' | 'bad-body'>,
  status?: number,
): void {
  const failure = new ApiFailure(code, status === undefined ? {} : { status });
  const isApiCall = /^\/api(?:[/?]|$)/.test(request.url ?? '');
  const page = { unavailable: UNAVAILABLE_PAGE, internal: BROKEN_PAGE, 'bad-body': NO_SUCH_PAGE }[code];
  const body = isApiCall ? JSON.stringify(failure.toBody()) : drawPageProblem(page);
  response.writeHead(failure.status, {
    ...OWN_HEADERS,
    'Content-Type': isApiCall ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(code === 'unavailable' ? { 'Retry-After': RETRY_SECONDS } : {}),
    ...([413, 414, 431].includes(failure.status) ? { Connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
