import { eachHeader, type RawHeaders } from '../http/raw-headers.ts';
import { type HttpClient, isRepeatable } from './exchange.ts';

/** A question of our own to Jellyfin. */
export interface Question {
  /** As in the request line, base URL included. */
  readonly path: string;
  /** Default GET. */
  readonly method?: string;
  /** `host` is Jellyfin's own when it is left out. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: string | undefined;
  /** Longest silence in milliseconds, default 30,000. */
  readonly timeoutMs?: number;
  /** Ends the question before that. */
  readonly signal?: AbortSignal | undefined;
}

/** A whole answer of Jellyfin's, read into memory. */
export interface UpstreamAnswer {
  readonly status: number;
  /** By name in lower case; values of repeated ones are joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Names and values as sent, in turn. */
  readonly rawHeaders: RawHeaders;
  readonly body: Buffer;
}

/** Jellyfin was reached, and its answer did not become whole: it broke off, was silent for too long, or is no HTTP. */
export class IncompleteAnswerError extends Error {
  override readonly name = 'IncompleteAnswerError';
  /** Of the connection's error, where there was one: then Jellyfin may be gone. */
  readonly code?: unknown;

  constructor(message: string, cause?: Error) {
    super(message, { cause });
    if (cause !== undefined && 'code' in cause) this.code = cause.code;
  }
}

/** Largest body that is read into memory for rewriting, in bytes. The largest real one (a string file) has 0.3 MB. */
export const MAX_REWRITTEN_BYTES = 16 * 1024 * 1024;

/** How long Jellyfin may be silent, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 30_000;

/** What a socket says that never was connected. Source: Node, errors of connect(2) and getaddrinfo(3). */
const NOT_REACHED =
  /^(?:ECONNREFUSED|ENOENT|EACCES|ENOTFOUND|EAI_|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|UNABLE_TO_)|CERT/;

/**
 * Sends a question and reads the whole answer; once more, on a fresh connection, when the first one broke off and the
 * question changes nothing (a kept one may die just as it is used, at any byte of the answer).
 *
 * @throws {IncompleteAnswerError} when Jellyfin breaks off, or is silent for too long.
 * @throws {Error} when Jellyfin cannot be reached, or answers over 16 MiB; what the signal was aborted with, when it was.
 */
export function askOver(client: HttpClient, question: Question): Promise<UpstreamAnswer> {
  return askOnce(client, question, false);
}

function askOnce(client: HttpClient, question: Question, isFresh: boolean): Promise<UpstreamAnswer> {
  const { path, method = 'GET', headers, body, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = question;
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const chunks: Buffer[] = [];
    let size = 0;
    let head: Omit<UpstreamAnswer, 'body'> | undefined;
    const finish = (settle: () => void): void => {
      clearTimeout(silence);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const fail = (error: unknown): void => {
      exchange.abort();
      finish(() => reject(error));
    };
    const onAbort = (): void => fail(signal?.reason);
    const silence = setTimeout(
      () => fail(new IncompleteAnswerError(`Jellyfin took over ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
    const exchange = client.send(
      { path, method, headers: flatten(headers), body, isFresh },
      {
        onHead(status, _reason, rawHeaders) {
          silence.refresh();
          head = { status, headers: joinValues(rawHeaders), rawHeaders };
        },
        onData(chunk) {
          silence.refresh();
          size += chunk.length;
          if (size > MAX_REWRITTEN_BYTES) fail(new Error('Jellyfin sent over 16 MiB'));
          else chunks.push(chunk);
          return true;
        },
        onEnd() {
          finish(() => {
            if (head === undefined) reject(new IncompleteAnswerError('Jellyfin sent no answer'));
            else resolve({ ...head, body: Buffer.concat(chunks) });
          });
        },
        onError(error) {
          finish(() => {
            if ('code' in error && NOT_REACHED.test(String(error.code))) reject(error);
            else if (!isFresh && isRepeatable(method)) resolve(askOnce(client, question, true));
            else reject(new IncompleteAnswerError(error.message, error));
          });
        },
      },
    );
    signal?.addEventListener('abort', onAbort);
  });
}

function flatten(headers: Question['headers']): string[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().flatMap((one) => [name, one]),
  );
}

function joinValues(rawHeaders: RawHeaders): Record<string, string> {
  const values = new Map<string, string>();
  eachHeader(rawHeaders, (name, value) => {
    const before = values.get(name);
    values.set(name, before === undefined ? value : `${before}, ${value}`);
  });
  return Object.fromEntries(values);
}
