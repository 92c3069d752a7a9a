import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { OWN_HEADERS } from '../../injector/http/own-headers.ts';
import { drawPlainPage } from '../../injector/http/plain-page.ts';
import { type Language, pickLanguage } from '../../injector/kit/translations.ts';
import type { Logger } from '../log/log.ts';
import { StorageError } from '../ports/storage.ts';
import type { ApiErrorCode } from './contract.ts';
import { ApiFailure } from './errors.ts';
import problemWords from './problem-words.json' with { type: 'json' };

const WORDS: Readonly<
  Record<Language, Record<PageProblem['words'], { readonly title: string; readonly sentence: string }>>
> = problemWords;

/** What is told to somebody who came with a browser to an address that has no page. */
export interface PageProblem {
  readonly status: number;
  /** Which words of `problem-words.json`. */
  readonly words: 'noSuchPage' | 'wrongMethod' | 'broken' | 'unavailable';
}

/** No such page. */
export const NO_SUCH_PAGE: PageProblem = { status: 404, words: 'noSuchPage' };

/** The address is there, but not for this method. */
export const WRONG_METHOD: PageProblem = { status: 405, words: 'wrongMethod' };

/** Something broke on our side. */
export const BROKEN_PAGE: PageProblem = { status: 500, words: 'broken' };

/** The reset service is away, or its database. */
export const UNAVAILABLE_PAGE: PageProblem = { status: 503, words: 'unavailable' };

/** The page, as HTML, in the look of the others; what may be sent is in `OWN_HEADERS`. */
function drawPageProblem({ words }: PageProblem, accepted: string | undefined): string {
  const language = pickLanguage(accepted);
  const { title, sentence } = WORDS[language][words];
  return drawPlainPage({ language, title, sentences: [sentence] }).html;
}

/**
 * Answers with a small page in the person's language. Its words are constants of ours: nothing of the request is shown, so there is nothing
 * to escape.
 */
export function sendPageProblem(response: Response, problem: PageProblem): void {
  response
    .status(problem.status)
    .vary('Accept-Language')
    .type('html')
    .send(drawPageProblem(problem, response.req.headers['accept-language']));
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
  const body = isApiCall
    ? JSON.stringify(failure.toBody())
    : drawPageProblem(page, request.headers['accept-language']);
  response.writeHead(failure.status, {
    ...OWN_HEADERS,
    'Content-Type': isApiCall ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(isApiCall ? {} : { Vary: 'Accept-Language' }),
    ...(code === 'unavailable' ? { 'Retry-After': RETRY_SECONDS } : {}),
    ...([413, 414, 431].includes(failure.status) ? { Connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
