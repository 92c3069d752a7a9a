import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, shut } from '../network/listen.ts';

/** A request as a service got it. */
export interface HeardRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As it came. */
  readonly raw: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

/**
 * What a service does with a request. `hang`: nothing, with the connection open. `close`: ends the connection. `huge`: 200 and
 * JSON without end. `later`: the answer is written by somebody else, to the response.
 */
export type Reply =
  | {
      readonly status: number;
      /** A text is sent as it is, anything else as JSON. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hang'
  | 'close'
  | 'huge'
  | 'later';

/** A service on the loopback address. */
export interface FakeService {
  readonly url: string;
  /** All requests, oldest first. */
  readonly heard: readonly HeardRequest[];
  /** Puts something in the place of the usual answers; undefined leaves a request to them. */
  fault(next: ((request: HeardRequest) => Reply | undefined) | undefined): void;
  /** Goes away, and every connection with it. Idempotent. */
  close(): Promise<void>;
}

/** Starts a service that answers as it is told; it ends with the running test. */
export async function startFakeService(
  answer: (request: HeardRequest, response: ServerResponse) => Reply,
): Promise<FakeService> {
  const heard: HeardRequest[] = [];
  let fault: ((request: HeardRequest) => Reply | undefined) | undefined;
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      raw += chunk;
    });
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, raw, body: readJson(raw) };
      heard.push(one);
      give(fault?.(one) ?? answer(one, response), response);
    });
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  let closed: Promise<void> | undefined;
  const close = () => (closed ??= shut(server));
  onTestFinished(close);
  return {
    url,
    heard,
    fault: (next) => {
      fault = next;
    },
    close,
  };
}

/** Writes an answer. */
export function give(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang' || reply === 'later') return;
  if (reply === 'close') {
    response.destroy();
    return;
  }
  if (reply === 'huge') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(64 * 1024)));
    };
    response.on('drain', more);
    more();
    return;
  }
  const isText = typeof reply.body === 'string';
  response.writeHead(reply.status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...reply.headers,
  });
  response.end(isText ? reply.body : reply.body === undefined ? '' : JSON.stringify(reply.body));
}

function readJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

/** Everything a service was sent, as it could repeat it in an answer. */
export function echoOf({ method, path, headers, raw }: HeardRequest): string {
  return `${method} ${path} ${JSON.stringify(headers)} ${raw}`;
}
