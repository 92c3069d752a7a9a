import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Puts the requests of each connection in a row. */
export interface PipeliningQueue {
  /**
   * Serves when all requests before it on its connection are answered.
   *
   * @returns false when the connection is at its end: it is then never served.
   */
  take(request: IncomingMessage, response: ServerResponse, serve: () => void): boolean;
  /** Nothing that follows on this connection is served: behind a refused request, nobody knows what the bytes mean. */
  end(socket: Duplex): void;
  /**
   * Ends the connection because its bytes are no HTTP, or no more: calls `answer` once every request before is
   * answered, or cuts when an answer to the broken request has already begun.
   */
  fail(socket: Duplex, answer: () => void): void;
  /** True when no request of this connection waits for its answer and none was refused. */
  isFree(socket: Duplex): boolean;
}

interface Turn {
  readonly request: IncomingMessage | undefined;
  readonly response: ServerResponse | undefined;
  readonly serve: () => void;
  /** Size of its head, in bytes. */
  readonly bytes: number;
}

interface Line {
  current: Turn | undefined;
  waiting: Turn[];
  waitingBytes: number;
  isOver: boolean;
}

/**
 * Node hands out pipelined requests all at once, also those behind a refused one; here each waits for its turn.
 * Source: RFC 9112 sections 9.3.2 and 11.2.
 *
 * @param maxWaiting Requests that may wait on one connection; one more ends it.
 * @param maxBytes Bytes that their heads may have together; what goes over it ends the connection too.
 */
export function createPipeliningQueue(maxWaiting: number, maxBytes: number): PipeliningQueue {
  const lines = new WeakMap<Duplex, Line>();

  function lineOf(socket: Duplex): Line {
    const found = lines.get(socket);
    if (found !== undefined) return found;
    const made: Line = { current: undefined, waiting: [], waitingBytes: 0, isOver: false };
    lines.set(socket, made);
    return made;
  }

  function next(line: Line, socket: Duplex): void {
    line.current = socket.destroyed ? undefined : line.waiting.shift();
    line.waitingBytes -= line.current?.bytes ?? 0;
    line.current?.serve();
  }

  return {
    take(request, response, serve) {
      const { socket } = request;
      const line = lineOf(socket);
      if (line.isOver) return false;
      const bytes = headBytes(request);
      const isWaiting = line.current !== undefined;
      if (line.waiting.length >= maxWaiting || (isWaiting && line.waitingBytes + bytes > maxBytes)) {
        line.isOver = true;
        socket.destroy();
        return false;
      }
      line.waitingBytes += bytes;
      line.waiting.push({ request, response, serve, bytes });
      response.once('close', () => next(line, socket));
      if (line.current === undefined) next(line, socket);
      return true;
    },
    end(socket) {
      lineOf(socket).isOver = true;
    },
    fail(socket, answer) {
      const line = lineOf(socket);
      if (line.isOver && line.waiting.length === 0) {
        if (line.current === undefined) socket.destroy();
        return;
      }
      line.isOver = true;
      if (line.waiting.at(-1)?.request?.complete === false) line.waiting.pop();
      const isBehind = line.waiting.length > 0 || line.current?.request?.complete === true;
      if (isBehind) line.waiting.push({ request: undefined, response: undefined, serve: answer, bytes: 0 });
      else if (line.current?.response?.headersSent === true) socket.destroy();
      else answer();
    },
    isFree(socket) {
      const line = lines.get(socket);
      return line === undefined || (line.current === undefined && !line.isOver);
    },
  };
}

function headBytes({ rawHeaders, url = '' }: IncomingMessage): number {
  return rawHeaders.reduce((sum, part) => sum + part.length, url.length);
}
