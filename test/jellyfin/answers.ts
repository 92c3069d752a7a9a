import { randomBytes } from 'node:crypto';

/** What an endpoint answers, before it becomes bytes on the wire. */
export interface Answer {
  status: number;
  headers?: Readonly<Record<string, string>>;
  /** Serialised on the way out, because the letter case of the keys depends on the request's Accept. */
  json?: unknown;
  /** Sent as it is. Without `json` and `body` the answer is empty. */
  body?: string | Buffer;
  contentType?: string;
  /** Known length and no compression unless `compressible`; other bodies go out in chunks. */
  sized?: boolean;
  /** Static files are compressed under https too, API answers only under http. */
  compressible?: 'always' | 'http' | 'never';
  /** Left out by the middleware in front of the timing one, and by the start-up server. */
  bare?: boolean;
  /** Answered by CORS itself: no Content-Language. */
  preflight?: boolean;
}

/** The body of every error that an exception ends in, whatever the status. Source: ExceptionMiddleware. */
export const ERROR_TEXT = 'Error processing request.';

/** An endpoint's way to end a call early with an answer. */
export class Refusal extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

/** Nothing but a status: what the authentication and the router answer, and every 204. */
export function empty(status: number, headers?: Readonly<Record<string, string>>): Answer {
  return headers ? { status, headers } : { status };
}

/** A value as JSON; a bare string becomes a JSON string, as `"User not found"` does. */
export function json(value: unknown, status = 200): Answer {
  return { status, json: value };
}

/** The constant text of an unhandled exception. */
export function errorText(status: number): Answer {
  return { status, body: ERROR_TEXT, contentType: 'text/plain' };
}

function traceId(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`;
}

const SECTIONS: Readonly<Record<number, [string, string]>> = {
  400: ['15.5.1', 'Bad Request'],
  404: ['15.5.5', 'Not Found'],
  415: ['15.5.16', 'Unsupported Media Type'],
};

/** ProblemDetails: what a bare NotFound(), BadRequest() or a wrong content type turns into. */
export function problem(status: 400 | 404 | 415): Answer {
  const [section, title] = SECTIONS[status] ?? ['', ''];
  const type = `https://tools.ietf.org/html/rfc9110#section-${section}`;
  return json({ type, title, status, traceId: traceId() }, status);
}

/** ValidationProblemDetails: what a body or parameter that does not fit the model turns into. */
export function invalid(errors: Readonly<Record<string, string>>): Answer {
  return json(
    {
      type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
      title: 'One or more validation errors occurred.',
      status: 400,
      errors: Object.fromEntries(Object.entries(errors).map(([key, text]) => [key, [text]])),
      traceId: traceId(),
    },
    400,
  );
}
