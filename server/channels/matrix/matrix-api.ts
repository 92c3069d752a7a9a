import { z } from 'zod';
import type { SendOutcome } from '../../ports/channel.ts';
import { callService, type ServiceAnswer } from '../service-call.ts';
import {
  ofLimit,
  ofRefusedToken,
  ofStrangeAnswer,
  ofUnanswered,
  readRetryAfter,
  type ServiceWords,
  toPause,
} from '../service-outcome.ts';

/** One call of the client-server API. */
export interface MatrixCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/_matrix/client/v3`, each part encoded. */
  readonly path: string;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly mostBytes?: number;
  /** Whether a message is sent by it, which may have arrived without an answer. */
  readonly isSend?: boolean;
}

/** The result of a call, or what its failure means for a message; `code` is the server's, such as `M_FORBIDDEN`. */
export type MatrixResult<Result> =
  | { readonly result: Result }
  | { readonly outcome: SendOutcome; readonly code: string | undefined };

/** Calls that this account makes. Never throws. */
export type CallMatrix = <Schema extends z.ZodType>(
  schema: Schema,
  call: MatrixCall,
) => Promise<MatrixResult<z.infer<Schema>>>;

/** Source: spec.matrix.org/latest/client-server-api, "Standard error response". */
const Refusal = z.looseObject({
  errcode: z.string().regex(/^[A-Za-z0-9_.]{1,80}$/),
  retry_after_ms: z.number().optional().catch(undefined),
});

/** Codes that say that the token is not good any more. */
const TOKEN_REFUSED = new Set(['M_UNKNOWN_TOKEN', 'M_MISSING_TOKEN', 'M_USER_DEACTIVATED', 'M_USER_LOCKED']);

/**
 * Makes the calls of a Matrix account. One that is not answered is repeated once at once, as all of them may be made twice:
 * messages have transactions. Source: spec.matrix.org/latest/client-server-api.
 *
 * @param options.homeserver Without a slash at the end.
 */
export function createMatrixApi(options: {
  readonly homeserver: string;
  readonly accessToken: string;
  readonly timeoutMs: number | undefined;
}): CallMatrix {
  const words: ServiceWords = {
    name: `The homeserver ${new URL(options.homeserver).host}`,
    place: 'matrix.homeserver',
    token: 'matrix.accessToken',
  };
  return async (schema, { method, path, body, isSend = false, timeoutMs, ...more }) => {
    const once = () =>
      callService({
        ...{ method, url: `${options.homeserver}/_matrix/client/v3${path}` },
        headers: { authorization: `Bearer ${options.accessToken}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: timeoutMs ?? options.timeoutMs,
        ...more,
      });
    let answer = await once();
    const mayRepeat = method === 'PUT' && more.signal?.aborted !== true;
    if (mayRepeat && answer.kind === 'unanswered' && answer.isSent) answer = await once();
    if (answer.kind === 'unanswered')
      return { outcome: ofUnanswered(words, answer, isSend), code: undefined };
    if (answer.status !== 200) return ofRefusal(words, answer);
    const read = schema.safeParse(answer.json);
    return read.success
      ? { result: read.data }
      : { outcome: ofStrangeAnswer(words, answer), code: undefined };
  };
}

/** The server's own words are left out: they may repeat what was sent. */
function ofRefusal(
  words: ServiceWords,
  answer: Extract<ServiceAnswer, { kind: 'answered' }>,
): Extract<MatrixResult<never>, { outcome: SendOutcome }> {
  const { status, headers } = answer;
  const read = Refusal.safeParse(answer.json);
  const { errcode: code, retry_after_ms: pauseMs } = read.success ? read.data : {};
  if (code === 'M_LIMIT_EXCEEDED' || status === 429)
    // Retry-After took the field's place in v1.10; servers send either or both.
    return { outcome: ofLimit(words, readRetryAfter(headers) ?? toPause(pauseMs), true), code };
  if (status === 401 || (code !== undefined && TOKEN_REFUSED.has(code)))
    return { outcome: ofRefusedToken(words), code };
  if (code === 'M_TOO_LARGE' || code === 'M_BAD_JSON' || code === 'M_INVALID_PARAM')
    return {
      outcome: { kind: 'permanent', detail: `${words.name} refused the message (${code}).` },
      code,
    };
  if (code === 'M_FORBIDDEN' || code === 'M_NOT_FOUND' || code === 'M_UNKNOWN') {
    const detail = `${words.name} does not do what it was asked (${code}, status ${status}).`;
    return { outcome: { kind: status >= 500 ? 'unreachable' : 'temporary', detail }, code };
  }
  return { outcome: ofStrangeAnswer(words, answer), code };
}

/** A part of a path. */
export const part = (text: string): string => encodeURIComponent(text);
