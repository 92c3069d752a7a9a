import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import type { Logger } from '../log/log.ts';
import { StorageError } from '../ports/storage.ts';
import type { ApiErrorCode } from './contract.ts';
import { ApiFailure } from './errors.ts';

/** What is told to somebody who came with a browser to an address that has no page. */
export interface PageProblem {
  readonly status: number;
  readonly title: string;
  readonly sentence: string;
}

/** No such page. */
export const NO_SUCH_PAGE: PageProblem = {
  status: 404,
  title: 'Not found',
  sentence: 'There is no page at this address.',
};

/** The address is there, but not for this method. */
export const WRONG_METHOD: PageProblem = {
  status: 405,
  title: 'Not possible here',
  sentence: 'This address can only be read.',
};

/** Something broke on our side. */
export const BROKEN_PAGE: PageProblem = {
  status: 500,
  title: 'Something went wrong',
  sentence: 'The page could not be shown. Tell the person who runs this server.',
};

/** The reset service is away, or its database. */
export const UNAVAILABLE_PAGE: PageProblem = {
  status: 503,
  title: 'Not available at the moment',
  sentence: 'Passwords cannot be reset right now. Please try again in a few minutes.',
};

/** The page, as HTML. */
export function drawPageProblem({ title, sentence }: PageProblem): string {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><h1>${title}</h1><p>${sentence}</p></html>\n`
  );
}

/**
 * Answers with a small page. Its words are constants of ours: nothing of the request is shown, so there is nothing
 * to escape.
 */
export function sendPageProblem(response: Response, problem: PageProblem): void {
  response.status(problem.status).type('html').send(drawPageProblem(problem));
}

function isApiCall(request: Request): boolean {
  return request.path === '/api' || request.path.startsWith('/api/');
}

/** A refusal by express or its body parser: a number from 400 to 499 in `status`. */
function refusalStatus(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { status } = error;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

function toFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  if (error instanceof StorageError)
    return new ApiFailure('unavailable', { headers: { 'Retry-After': '10' }, cause: error });
  const status = refusalStatus(error);
  return status === undefined
    ? new ApiFailure('internal', { cause: error })
    : new ApiFailure('bad-body', { status, cause: error });
}

/** The last route: nothing is at this address. */
export const refuseUnknown: RequestHandler = (request, response) => {
  if (isApiCall(request)) throw new ApiFailure('not-found');
  sendPageProblem(response, NO_SUCH_PAGE);
};

/**
 * Turns whatever a route threw into an answer: an `ApiError` below `/api`, a small page elsewhere. What happened goes
 * to the log only. Source: ASVS 5.0 16.5.1, 16.5.4.
 */
export function createFailureHandler(log: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    const failure = toFailure(error);
    if (failure.status >= 500 && failure.cause !== undefined)
      log.error({ event: 'request-failed', path: request.path, err: error });
    if (response.headersSent) {
      next(error);
      return;
    }
    response.set('Cache-Control', 'no-store');
    if (isApiCall(request)) {
      response.set(failure.headers).status(failure.status).json(failure.toBody());
      return;
    }
    const { code, headers, status } = failure;
    const problem = { internal: BROKEN_PAGE, unavailable: UNAVAILABLE_PAGE }[String(code)] ?? NO_SUCH_PAGE;
    sendPageProblem(response.set(headers), { ...problem, status });
  };
}

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
