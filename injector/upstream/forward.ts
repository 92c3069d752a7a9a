import type { IncomingMessage, ServerResponse } from 'node:http';
import { endToEndHeaders, HOP_BY_HOP, hasBody } from '../http/headers.ts';
import { eachHeader, headerValues } from '../http/raw-headers.ts';
import type { Exchange, HttpClient, OutgoingRequest } from './exchange.ts';

/** Hears how a forwarded request goes. */
export interface ForwardListener {
  /** The head of Jellyfin's answer came after that many milliseconds. */
  onAnswered?(afterMs: number): void;
  /** Jellyfin could not be reached, or broke off, or answered nonsense; the listener ends the response. */
  onUnreachable(request: IncomingMessage, response: ServerResponse, error: Error): void;
}

/**
 * Forwards a request and streams the answer back as it came, hop-by-hop headers aside. Never throws.
 *
 * @param body The request's whole body, for one that was read to look at it; left out, it is streamed.
 */
export type Forward = (request: IncomingMessage, response: ServerResponse, body?: Buffer) => void;

/** Up to here, in bytes, a copy of an answer's body costs less than a second piece to write. */
const SMALL_BYTES = 4 * 1024;

/**
 * Makes the function that forwards requests.
 *
 * @param fallbackHost For a client of HTTP/1.0 that names none.
 */
export function createForward(client: HttpClient, fallbackHost: string, listener: ForwardListener): Forward {
  return function forward(request, response, body) {
    const method = request.method ?? 'GET';
    const headers = requestHeaders(request, fallbackHost);
    const outgoing = { method, path: request.url ?? '/', headers };
    exchange({ ...outgoing, body: body ?? (hasBody(request) ? request : undefined) });

    function exchange(sent: OutgoingRequest): void {
      if (response.destroyed) return;
      const beganAt = performance.now();
      /** What of the body is still to come; undefined when nobody has said. */
      let left: number | undefined;
      let hasBegun = false;
      let hasStalled = false;
      const end = (): void => {
        response.off('drain', pull);
        response.off('close', leave);
        if (hasStalled) request.socket.off('end', giveUp);
      };
      const under: Exchange = client.send(sent, {
        onHead(status, reason, rawHeaders) {
          hasBegun = true;
          listener.onAnswered?.(performance.now() - beganAt);
          const [length] = headerValues(rawHeaders, 'content-length');
          left = length === undefined ? undefined : Number(length);
          // Jellyfin's own Date, or none; ours would be a header that it did not send.
          response.sendDate = false;
          response.writeHead(status, reason, endToEndHeaders(rawHeaders));
        },
        onData(chunk) {
          if (left !== undefined) left -= chunk.length;
          if (left !== 0) return writeNow(response, chunk) || stall();
          // As text, Node sends head and body in one piece.
          if (chunk.length <= SMALL_BYTES) response.end(chunk.toString('latin1'), 'latin1');
          else response.end(chunk);
          return true;
        },
        onEnd() {
          end();
          if (!response.writableEnded) response.end();
        },
        onError(error, isReused) {
          end();
          // A kept connection may have been closed just as it was taken; a fresh one tells whether Jellyfin is there.
          if (!hasBegun && isReused) exchange({ ...sent, isFresh: true });
          else listener.onUnreachable(request, response, error);
        },
      });
      const stall = (): false => {
        if (!hasStalled) request.socket.once('end', giveUp);
        hasStalled = true;
        return false;
      };
      // Node has closed our side too, so the answer will not become whole; what waits for a client that has gone would
      // hold its connection, and Jellyfin's film, until the system gives up on it: seconds, on a slow line minutes.
      const giveUp = (): void => void response.destroy();
      const pull = (): void => under.resume();
      const leave = (): void => {
        end();
        // What was delivered whole needs no more; its connection ends its exchange by itself.
        if (left !== 0) under.abort();
      };
      response.on('drain', pull);
      response.on('close', leave);
    }
  };
}

/**
 * Writes at once instead of at the end of the turn.
 *
 * @returns false when the system did not take all of it; `drain` follows.
 */
function writeNow(response: ServerResponse, chunk: Buffer): boolean {
  const { socket } = response;
  socket?.cork();
  const isBelowMark = response.write(chunk);
  socket?.uncork();
  return isBelowMark || response.writableLength === 0;
}

/** Written anew: where the request goes, and what we tell of the client. */
const OURS = new Set([...HOP_BY_HOP, 'host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']);

/**
 * The headers that go to Jellyfin: the client's end-to-end ones in their order, spelling and repetition, without those
 * that `setForwardedHeaders` has removed, and what we say of the client.
 */
function requestHeaders({ headers, rawHeaders }: IncomingMessage, fallbackHost: string): string[] {
  const sent = ['Host', headers.host ?? fallbackHost];
  eachHeader(rawHeaders, (name, value, spelling) => {
    if (!OURS.has(name) && headers[name] !== undefined) sent.push(spelling, value);
  });
  for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'] as const) {
    const value = headers[name];
    if (typeof value === 'string') sent.push(name, value);
  }
  return sent;
}
