import type { z } from 'zod';
import { explainDistrust } from '../config/files.ts';
import { JellyfinUnreachableError } from './errors.ts';
import type { Transport } from './transport.ts';

/** What a caller says of itself in the one header all versions read. */
export interface ClientIdentity {
  /** Jellyfin keeps one token per user and device; must not be empty (10.8 would end every token of the server). */
  readonly deviceId: string;
  /** Version of this program. */
  readonly version: string;
  /** API key or access token; left out to sign in. */
  readonly token?: string;
}

/**
 * The token of somebody else's client, and nothing else: Jellyfin then goes by what that client said of itself. With a name
 * and version of ours, it would call the person's device so from then on.
 * Source: jellyfin AuthorizationContext.cs, 10.8.13 to 12.0.
 */
export interface BorrowedIdentity {
  readonly token: string;
}

/**
 * The `Authorization` header, the only way to authenticate that works from 10.8 to 12. Values are percent-encoded,
 * as Jellyfin decodes them. Source: jellyfin AuthorizationContext.cs, 10.8.13 to 12.0; seen live on all five.
 */
export function writeAuthorization(identity: ClientIdentity | BorrowedIdentity): string {
  const own: readonly (readonly [string, string])[] =
    'deviceId' in identity
      ? [
          ['Client', 'Gatehouse'],
          ['Device', 'Gatehouse'],
          ['DeviceId', identity.deviceId],
          ['Version', identity.version],
        ]
      : [];
  const fields: readonly (readonly [string, string | undefined])[] = [...own, ['Token', identity.token]];
  const parts = fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${encodeURIComponent(value)}"`],
  );
  return `MediaBrowser ${parts.join(', ')}`;
}

/** Where Jellyfin is, and how long an answer may take. */
export interface Connection {
  /** With the base path, if it has one; a slash at the end is allowed. */
  readonly url: string;
  /** Longest wait for a whole answer in milliseconds. */
  readonly timeoutMs: number;
  /** Ends calls before that: the time a change as a whole may take. */
  readonly signal?: AbortSignal;
  /** How requests get there; default Node's own. */
  readonly fetch?: Transport['fetch'];
}

/** One request to Jellyfin. */
export interface JellyfinCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base path, with its query, already encoded. */
  readonly path: string;
  readonly identity: ClientIdentity | BorrowedIdentity;
  /** The client whom we claim to speak for; left out, nobody. */
  readonly forwardedFor?: string | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** What came back, whatever its status. */
export interface JellyfinAnswer {
  readonly status: number;
  readonly text: string;
}

/** Failures before the first byte of a request can have left us. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_CONNECT_TIMEOUT',
]);

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}

/** Says what went wrong without the request: a header of it would hold the key. */
function unreachable(error: unknown, origin: string): JellyfinUnreachableError {
  const code = codeOf(error);
  const distrust = code === undefined ? undefined : explainDistrust(code, 'jellyfin');
  if (distrust !== undefined) {
    const sentence = `Jellyfin at ${origin} has ${distrust}`;
    return new JellyfinUnreachableError(sentence, { mayHaveArrived: false, isUntrusted: true });
  }
  const what = isAbort(error)
    ? 'did not answer in time'
    : `could not be reached (${code ?? 'no connection'})`;
  return new JellyfinUnreachableError(
    `Jellyfin at ${origin} ${what}. Is it running, and jellyfin.url right?`,
    {
      mayHaveArrived: code === undefined || !NEVER_SENT.has(code),
    },
  );
}

/**
 * Sends one request and reads the whole answer. Redirects are not followed: they would carry the key elsewhere.
 *
 * @throws {JellyfinUnreachableError} when no answer came, or one that sends us away.
 */
export async function sendToJellyfin(connection: Connection, call: JellyfinCall): Promise<JellyfinAnswer> {
  const base = connection.url.replace(/(?<!\/)\/+$/, '');
  const timeout = AbortSignal.timeout(connection.timeoutMs);
  const signal = connection.signal === undefined ? timeout : AbortSignal.any([timeout, connection.signal]);
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: writeAuthorization(call.identity),
  };
  if (call.forwardedFor !== undefined) headers['x-forwarded-for'] = call.forwardedFor;
  if (call.body !== undefined) headers['content-type'] = 'application/json';
  let answer: JellyfinAnswer;
  try {
    const response = await (connection.fetch ?? fetch)(`${base}${call.path}`, {
      method: call.method,
      headers,
      redirect: 'manual',
      signal,
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
    answer = { status: response.status, text: await response.text() };
  } catch (error) {
    throw unreachable(error, new URL(base).host);
  }
  if (answer.status >= 300 && answer.status < 400)
    throw new JellyfinUnreachableError(
      `Jellyfin at ${new URL(base).host} redirects (status ${answer.status}). Does jellyfin.url miss the base path?`,
      { mayHaveArrived: false },
    );
  return answer;
}

/** Jellyfin answers, but not as it should; what it says is left out, for it could repeat what we sent. */
export function unexpectedAnswer(what: string, answer: JellyfinAnswer): JellyfinUnreachableError {
  const why =
    answer.status === 503
      ? 'is still starting (status 503)'
      : `answered ${what} in a way Gatehouse cannot read (status ${answer.status})`;
  return new JellyfinUnreachableError(`Jellyfin ${why}. Is jellyfin.url really Jellyfin?`, {
    mayHaveArrived: answer.status >= 500,
  });
}

/**
 * Reads an answer's JSON.
 *
 * @param what Name of the call, for the error.
 * @throws {JellyfinUnreachableError} when it is none, or of another shape.
 */
export function readJsonAnswer<Schema extends z.ZodType>(
  schema: Schema,
  what: string,
  answer: JellyfinAnswer,
): z.infer<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(answer.text);
  } catch {
    throw unexpectedAnswer(what, answer);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw unexpectedAnswer(what, answer);
  return parsed.data;
}
