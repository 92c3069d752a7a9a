import type { ErrorRequestHandler, Request, RequestHandler } from 'express';
import { ApiFailure } from '../errors.ts';
import type { Logger } from '../log.ts';
import { StorageError } from '../storage/storage-error.ts';
import { BROKEN_PAGE, NO_SUCH_PAGE, sendPageProblem, UNAVAILABLE_PAGE } from './page-problem.ts';

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
