import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import express, { type Request, type RequestHandler, Router } from 'express';
import type { z } from 'zod';
import { ApiFailure } from './errors.ts';
import { findJsonFault } from './strict-json.ts';

/**
 * The client's address: what our proxy wrote into `x-forwarded-for` (see `ResetPort.answer`), else that of the
 * socket. The proxy overwrites what clients send, so the header is believed here.
 * Source: ASVS 5.0 4.1.3.
 */
export function readClientAddress(request: Request): string {
  const forwarded = request.get('x-forwarded-for')?.trim() ?? '';
  return isIP(forwarded) > 0 ? forwarded : (request.socket.remoteAddress ?? '0.0.0.0');
}

function hostOf(origin: string): string | undefined {
  // Not canParse and then new URL, which refuses some of what the former takes.
  return URL.parse(origin)?.host.toLowerCase();
}

/**
 * Whether a page of ours sent this request, as far as a browser can tell: `Sec-Fetch-Site: same-origin`, or, where a
 * browser does not send it (plain http), an `Origin` of the same host as `Host` or `X-Forwarded-Host`. Programs send neither.
 *
 * @param sendsNeither What is said of a request with neither header: true where no cookie counts, since a program carries
 * nobody's; false where one does. @default true
 * Source: ASVS 5.0 3.5.1, 3.5.3; Fetch Metadata (W3C) section 2.
 */
export function isOwnPage(request: Pick<IncomingMessage, 'headers'>, sendsNeither = true): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = request.headers;
  if (origin === undefined) return sendsNeither;
  const hosts = [request.headers.host, request.headers['x-forwarded-host']].map((host) =>
    String(host ?? '').toLowerCase(),
  );
  const sender = hostOf(origin);
  return sender !== undefined && hosts.includes(sender);
}

/** Largest body of an API call, in bytes. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Called by the parser with a body before it is read as JSON. */
function refuseFaults(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8') throw Object.assign(new Error('JSON is UTF-8'), { status: 415 });
  // Read all the same, each wrong byte would become another sign: a password that nobody can type again. RFC 8259 section 8.1.
  if (!isUtf8(body)) throw Object.assign(new SyntaxError('the body is not UTF-8'), { status: 400 });
  const fault = findJsonFault(body.toString('utf8'));
  if (fault !== undefined) throw Object.assign(new SyntaxError(`the body ${fault}`), { status: 400 });
}

const readJson = express.json({
  limit: BODY_LIMIT_BYTES,
  type: 'application/json',
  strict: true,
  // A compressed body could be far larger than it looks, and no page of ours sends one.
  inflate: false,
  verify: refuseFaults,
});

/** Only JSON sent by our own page: a form of another site cannot send this type. Source: ASVS 5.0 3.5.1, 3.5.2. */
function requireOwnJson(callers: Callers): RequestHandler {
  return (request, _response, next) => {
    if (!isOwnPage(request, callers === 'pages-and-programs'))
      throw new ApiFailure('bad-body', { status: 403 });
    if (request.is('application/json') === false) throw new ApiFailure('bad-body', { status: 415 });
    next();
  };
}

const letIn: RequestHandler = (_request, _response, next) => {
  next();
};

/**
 * Who may call. `pages`: only what says that it is a page of ours, as every browser does, for calls that go by a cookie.
 * `pages-and-programs`: also what says nothing of where it comes from.
 */
export type Callers = 'pages' | 'pages-and-programs';

/**
 * One API call: `POST path` with a JSON body of at most 64 kB that fits `schema`; every other method gets 405. The
 * answer is what `answer` puts into the response; what it throws goes to the error handler.
 *
 * @param callers @default `pages-and-programs`
 * @param admit Lets nobody in by throwing, before the body is read. @default everybody is let in
 */
export function createJsonCall<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  answer: (body: z.infer<Schema>, ...rest: Parameters<RequestHandler>) => Promise<void>,
  callers: Callers = 'pages-and-programs',
  admit: RequestHandler = letIn,
): Router {
  const call: RequestHandler = async (request, response, next) => {
    const body = schema.safeParse(request.body);
    if (!body.success) throw new ApiFailure('bad-body');
    await answer(body.data, request, response, next);
  };
  const router = Router({ caseSensitive: true, strict: true });
  router.post(path, requireOwnJson(callers), admit, readJson, call);
  router.all(path, () => {
    throw new ApiFailure('not-found', { status: 405, headers: { Allow: 'POST' } });
  });
  return router;
}
