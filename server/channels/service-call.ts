import { setMaxListeners } from 'node:events';

/** How long a service may take for its whole answer, in milliseconds, if nothing else is said. */
export const CALL_TIMEOUT_MS = 30_000;

/** How much of an answer is read, in bytes, if nothing else is said; what is longer is no answer we know. */
export const MOST_ANSWER_BYTES = 256 * 1024;

/** One request to a service that speaks JSON over HTTP. */
export interface ServiceCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Whole address. It may hold secrets: nothing of it gets into what comes back. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON as it goes over the wire. */
  readonly body?: string;
  /** Breaks it off. */
  readonly signal?: AbortSignal | undefined;
  /** @default {@link CALL_TIMEOUT_MS} */
  readonly timeoutMs?: number | undefined;
  /** @default {@link MOST_ANSWER_BYTES} */
  readonly mostBytes?: number;
}

/** What came of a request. */
export type ServiceAnswer =
  /** `json` is undefined where the body is no JSON, too long, or broke off. Redirects are answers too: nobody follows them. */
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly json: unknown }
  /**
   * No status came. `why` completes "The service ..."; `isSent`: the request may have arrived; `isAboutTrust`: the certificate
   * was not trusted.
   */
  | {
      readonly kind: 'unanswered';
      readonly why: string;
      readonly isSent: boolean;
      readonly isAboutTrust?: true;
    };

/** Failures before the first byte of a request can have left us. Source: connect(2), getaddrinfo(3), undici's errors. */
const NEVER_SENT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ENETDOWN'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'EPROTO'],
]);

/**
 * Sends one request and reads the answer. Never throws. Redirects are not followed, as they would carry keys elsewhere; no
 * more is read than the limit; and no part of address, headers or body is in the result.
 */
export async function callService(call: ServiceCall): Promise<ServiceAnswer> {
  const { timeoutMs = CALL_TIMEOUT_MS, mostBytes = MOST_ANSWER_BYTES } = call;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = call.signal === undefined ? timeout : AbortSignal.any([timeout, call.signal]);
  // The signal of a channel that receives for months has a listener for each request under way.
  if (call.signal !== undefined) setMaxListeners(0, call.signal);
  if (signal.aborted) return { kind: 'unanswered', why: 'was not asked any more', isSent: false };
  try {
    const response = await fetch(call.url, {
      method: call.method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        'user-agent': 'Gatehouse',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      signal,
    });
    const { status, headers } = response;
    return { kind: 'answered', status, headers, json: await readJson(response, mostBytes) };
  } catch (error) {
    if (call.signal?.aborted === true)
      return { kind: 'unanswered', why: 'was left before its answer came', isSent: true };
    return explain(error, timeout.aborted ? timeoutMs : undefined);
  }
}

/** The body as JSON, or undefined. The status has come, so that a body which breaks off changes nothing of it. */
async function readJson(response: Response, mostBytes: number): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      // Leaving the loop ends the connection.
      if (size > mostBytes) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function explain(error: unknown, timeoutMs: number | undefined): ServiceAnswer {
  const code = codeOf(error);
  if (timeoutMs !== undefined)
    return { kind: 'unanswered', why: `did not answer within ${timeoutMs / 1000} s`, isSent: true };
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code)) {
    const why = `has a certificate that is not trusted (${code}); name its authority in the environment variable NODE_EXTRA_CA_CERTS`;
    return { kind: 'unanswered', why, isSent: false, isAboutTrust: true };
  }
  if (NEVER_SENT.has(code) || code.startsWith('ERR_SSL'))
    return { kind: 'unanswered', why: `cannot be reached (${code})`, isSent: false };
  return { kind: 'unanswered', why: `ended the connection without an answer (${code})`, isSent: true };
}

/** The code of the failed connection, which `fetch` hides in the cause; letters, digits and `_` only. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'no connection';
}
