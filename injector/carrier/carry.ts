import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connection, Exchange } from './connection.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { writeRequestHead } from './request-head.ts';
import { sendBody } from './send-body.ts';

/** Jellyfin could not be reached, or broke off, or answered nonsense. */
export type OnUnreachable = (request: IncomingMessage, response: ServerResponse, error: Error) => void;

/** Methods that may be sent a second time without doing twice what they do. Source: RFC 9110 section 9.2.2. */
const REPEATABLE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Up to here a copy of the body costs less than a second piece to write. */
const SMALL_BYTES = 4 * 1024;

/** Makes the function that forwards a request over a pool and streams the answer back as it came. It never throws. */
export function createCarry(
  pool: ConnectionPool,
  fallbackHost: string,
  onUnreachable: OnUnreachable,
  onAnswered: (afterMs: number) => void = () => undefined,
): (request: IncomingMessage, response: ServerResponse) => void {
  return function carry(request, response) {
    const method = request.method ?? 'GET';
    const hasBody =
      request.headers['transfer-encoding'] !== undefined ||
      Number(request.headers['content-length'] ?? 0) > 0;
    const head = writeRequestHead(request, fallbackHost);
    let connection: Connection;
    let isOver = false;
    let isLent = false;
    const beganAt = performance.now();

    function attempt(isFresh: boolean): void {
      connection = pool.take(isFresh);
      connection.begin(exchange);
      connection.socket.write(head, 'latin1');
      if (hasBody) sendBody(request, connection.socket);
    }

    const exchange: Exchange = {
      method,
      onHead(answer) {
        onAnswered(performance.now() - beganAt);
        // Jellyfin's own Date, or none; ours would be a header that it did not send.
        response.sendDate = false;
        response.writeHead(answer.status, answer.reason, answer.headers);
      },
      onData(data, isLentNow) {
        if (!isLentNow) return response.write(data);
        isLent = true;
        response.write(data, () => {
          isLent = false;
          if (!isOver) connection.resume();
        });
        return false;
      },
      onEnd(last) {
        isOver = true;
        // As text, Node sends head and body in one piece.
        if (last !== undefined && last.length <= SMALL_BYTES) response.end(last.toString('latin1'), 'latin1');
        else response.end(last);
        // The rest of a body that nobody waits for any more; Node reads and drops it.
        if (hasBody && !request.complete) connection.destroy();
      },
      onError(error, hasBegun) {
        // A kept connection may have been closed just as we took it; a new one tells whether Jellyfin is there.
        if (!hasBegun && !hasBody && connection.isReused && REPEATABLE.has(method)) return attempt(true);
        isOver = true;
        onUnreachable(request, response, error);
      },
    };

    response.on('drain', () => {
      if (!isOver && !isLent) connection.resume();
    });
    response.on('close', () => {
      if (!isOver) connection.destroy();
    });
    attempt(false);
  };
}
