import type { Readable } from 'node:stream';
import { headerValues, type RawHeaders } from '../http/raw-headers.ts';

/** A request as it goes to Jellyfin. */
export interface OutgoingRequest {
  readonly method: string;
  /** As in the request line: path, with its query. */
  readonly path: string;
  /** Without hop-by-hop headers; `Host` and, for a body of known length, `Content-Length` are among them. */
  readonly headers: RawHeaders;
  /** A stream is sent as it comes, in chunks unless `headers` say how long it is. */
  readonly body?: Readable | Buffer | string | undefined;
  /** True for a connection that nobody used before; default false. */
  readonly isFresh?: boolean;
}

/** Hears the answer. Nothing is called any more after `onEnd`, `onError`, or the exchange's `abort`. */
export interface Receiver {
  /** Status line and all headers, names and values in turn, as sent. Interim answers (1xx) are not told. */
  onHead(status: number, reason: string, rawHeaders: RawHeaders): void;
  /** A part of the body; false asks for a pause until the exchange's `resume`. */
  onData(chunk: Buffer): boolean;
  /** The answer is whole. */
  onEnd(): void;
  /**
   * It will not become whole.
   *
   * @param isReused True when the connection may have been closed just as it was taken, because others used it before.
   */
  onError(error: Error, isReused: boolean): void;
}

/** A request that is under way. */
export interface Exchange {
  /** Lets the answer's body flow again. */
  resume(): void;
  /** Ends it with its connection. Idempotent. */
  abort(): void;
}

/** Sends requests to one server. */
export interface HttpClient {
  /** Never throws and never waits for a free connection: each film takes one for as long as it runs. */
  send(request: OutgoingRequest, receiver: Receiver): Exchange;
  /** Closes idle connections; those at work are closed when their exchange ends. */
  close(): void;
}

/** Most interim answers (1xx) before the final one. */
const MAX_INTERIM = 16;

/** Largest head of an answer, in bytes: more than any real one, so that long headers of plugins pass. */
export const MAX_HEAD_BYTES = 64 * 1024;

/** True for methods that may be sent twice without doing twice what they do. Source: RFC 9110 section 9.2.2. */
export function isRepeatable(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** Judges heads as they come: what a lenient reader lets through and another could read differently is a fault. */
export interface HeadJudge {
  /** @returns undefined for a final answer in order, `interim` for one to pass over, or what is wrong with it. */
  judge(status: number, reason: string, rawHeaders: RawHeaders): undefined | 'interim' | Error;
}

/** Node's parser lets more through, and its server then throws. Source: RFC 9112 section 4. */
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Makes the judge of one exchange. Source: RFC 9112 sections 6.1 and 6.3; RFC 9110 section 15. */
export function createHeadJudge(): HeadJudge {
  let interim = 0;
  return {
    judge(status, reason, rawHeaders) {
      if (!REASON.test(reason))
        return new Error('Jellyfin answers with a control character in its status line');
      if (status < 100 || status > 599)
        return new Error('Jellyfin answers with a status that does not exist');
      if (status < 200) {
        interim += 1;
        return interim > MAX_INTERIM ? new Error('Jellyfin sends too many interim answers') : 'interim';
      }
      const isChunked = headerValues(rawHeaders, 'transfer-encoding').every(
        (value) => value.toLowerCase() === 'chunked',
      );
      return isChunked ? undefined : new Error('Jellyfin answers in a transfer coding besides chunked');
    },
  };
}
