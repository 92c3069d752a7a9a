import type { OnReadOpts, Socket } from 'node:net';
import { type ChunkedDecoder, createChunkedDecoder } from './chunked-decoder.ts';
import { parseResponseHead, type ResponseHead, UpstreamProtocolError } from './response-head.ts';

/** One request and its answer, as a connection sees it. */
export interface Exchange {
  readonly method: string;
  onHead(head: ResponseHead): void;
  /**
   * A part of the body. Answers false when it wants no more until `resume`.
   *
   * @param isLent True when the bytes stay the connection's: they hold until `resume`, which must be called when they
   * are written, and false must be answered.
   */
  onData(data: Buffer, isLent: boolean): boolean;
  /** The answer is whole; `last` is what of the body was not given to `onData`, and the caller's to keep. */
  onEnd(last?: Buffer): void;
  /**
   * The answer will not become whole. Called at most once, and not after `onEnd`.
   *
   * @param hasBegun True when a byte of the answer had come.
   */
  onError(error: Error, hasBegun: boolean): void;
}

/** A connection to Jellyfin that carries one exchange after the other. */
export interface Connection {
  readonly socket: Socket;
  /** True when it has carried an exchange before. */
  readonly isReused: boolean;
  /** Begins an exchange; the caller then writes the request to the socket. */
  begin(exchange: Exchange): void;
  /** Lets the answer's body flow again. */
  resume(): void;
  /** Ends the connection with the exchange on it; nothing is called any more. */
  destroy(): void;
}

/** Largest head of an answer, in bytes: more than any real one, so that long headers of plugins pass. */
const MAX_HEAD_BYTES = 64 * 1024;
/** Most interim answers (1xx) before the final one. */
const MAX_INTERIM = 16;
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/** Shared by all connections: what was read is copied out before anybody else reads. */
const LARGE = Buffer.allocUnsafeSlow(64 * 1024);
/** For a client that lets us wait: what it has not taken yet stays in memory, so it had better be little. */
const SLOW_BYTES = 8 * 1024;
/** A client that takes this much without a long wait is a quick one; more than systems keep in their own buffers. */
const QUICK_BYTES = 32 * 1024 * 1024;
/** A wait longer than this is a long one, in milliseconds. */
const SLOW_MS = 50;

/**
 * Opens a connection.
 *
 * @param open Opens the socket; it may still be connecting. What it reads goes to `onread`.
 * @param onIdle Called when an exchange has ended and another may follow.
 * @param onGone Called once when the connection can carry nothing any more.
 */
export function createConnection(
  open: (onread: OnReadOpts) => Socket,
  onIdle: (connection: Connection) => void,
  onGone: (connection: Connection) => void,
): Connection {
  let exchange: Exchange | undefined;
  let head: ResponseHead | undefined;
  let waiting: Buffer = NOTHING;
  let left = 0;
  let chunks: ChunkedDecoder | undefined;
  let interim = 0;
  let hasBegun = false;
  let exchanges = 0;
  let lastError: Error | undefined;
  let isStopped = false;
  let stoppedAt = 0;
  /** Read since the client last let us wait. */
  let quickBytes = 0;
  /** Read into again and again, so that a thousand slow clients leave no garbage behind. */
  let own: Buffer | undefined;

  const connection: Connection = {
    get socket() {
      return socket;
    },
    get isReused() {
      return exchanges > 1;
    },
    begin(next) {
      exchange = next;
      head = undefined;
      hasBegun = false;
      interim = 0;
      exchanges += 1;
    },
    resume() {
      if (!isStopped) return;
      isStopped = false;
      if (performance.now() - stoppedAt > SLOW_MS) quickBytes = 0;
      socket.resume();
    },
    destroy() {
      exchange = undefined;
      socket.destroy();
    },
  };

  function fail(error: Error): void {
    const failed = exchange;
    exchange = undefined;
    socket.destroy();
    failed?.onError(error, hasBegun);
  }

  /** Ends the exchange; `rest` are bytes that came after the answer, which nobody asked for. */
  function finish(rest: number, last?: Buffer): void {
    const done = exchange;
    const isReusable = head?.isReusable === true && rest === 0;
    exchange = undefined;
    waiting = NOTHING;
    if (!isReusable) socket.destroy();
    // The client may not have read all yet; the next exchange must not wait for it.
    isStopped = false;
    quickBytes = 0;
    done?.onEnd(last);
    if (isReusable) onIdle(connection);
  }

  /** Reads the head as soon as it is whole; answers what follows it, or undefined while it is not whole. */
  function takeHead(bytes: Buffer, current: Exchange): Buffer | undefined {
    const all = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    const end = all.indexOf(END_OF_HEAD);
    if (end === -1 ? all.length > MAX_HEAD_BYTES : end > MAX_HEAD_BYTES) {
      throw new UpstreamProtocolError(`the head is over ${MAX_HEAD_BYTES / 1024} KiB`);
    }
    waiting = end === -1 ? all : NOTHING;
    if (end === -1) return undefined;
    const parsed = parseResponseHead(all.toString('latin1', 0, end), current.method);
    const rest = all.subarray(end + END_OF_HEAD.length);
    if (parsed.status < 200) {
      interim += 1;
      // We never ask for an upgrade here, so 101 is as wrong as a flood.
      if (parsed.status === 101 || interim > MAX_INTERIM)
        throw new UpstreamProtocolError('unexpected 1xx answer');
      return takeHead(rest, current);
    }
    head = parsed;
    left = parsed.framing.kind === 'length' ? parsed.framing.bytes : 0;
    chunks = parsed.framing.kind === 'chunked' ? createChunkedDecoder() : undefined;
    return rest;
  }

  function takeBody(
    bytes: Buffer,
    current: Exchange,
    framing: ResponseHead['framing'],
    mayLend: boolean,
  ): void {
    const isLent = mayLend && framing.kind === 'length';
    const onData = (part: Buffer): void => {
      const data = mayLend && !isLent ? Buffer.from(part) : part;
      if (current.onData(data, isLent)) return;
      isStopped = true;
      stoppedAt = performance.now();
    };
    if (framing.kind === 'none') finish(bytes.length);
    else if (framing.kind === 'until-close') {
      if (bytes.length > 0) onData(bytes);
    } else if (chunks !== undefined) {
      const taken = chunks.take(bytes, onData);
      if (chunks.isDone && exchange === current) finish(bytes.length - taken);
    } else {
      const data = bytes.length > left ? bytes.subarray(0, left) : bytes;
      left -= data.length;
      if (left > 0) onData(data);
      // The end comes with the last bytes, so that a small answer is one write. They outlive the exchange: a copy.
      else finish(bytes.length - data.length, mayLend ? Buffer.from(data) : data);
    }
  }

  function take(bytes: Buffer, mayLend: boolean): void {
    const current = exchange;
    // Bytes that answer no request: the next answer would be taken for another one's.
    if (current === undefined) {
      socket.destroy();
      return;
    }
    hasBegun = true;
    try {
      let body: Buffer | undefined = bytes;
      if (head === undefined) {
        body = takeHead(bytes, current);
        if (body === undefined || head === undefined) return;
        current.onHead(head as ResponseHead);
        if (exchange !== current) return;
      }
      takeBody(body, current, (head as ResponseHead).framing, mayLend);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  const socket = open({
    buffer() {
      if (quickBytes > QUICK_BYTES) return LARGE;
      own ??= Buffer.allocUnsafeSlow(SLOW_BYTES);
      return own;
    },
    callback(count, buffer) {
      const isOwn = buffer === own && head !== undefined;
      const bytes = buffer.subarray(0, count);
      quickBytes += count;
      take(isOwn ? (bytes as Buffer) : Buffer.from(bytes), isOwn);
      return !isStopped;
    },
  });
  socket.on('error', (error) => {
    lastError = error;
  });
  socket.on('end', () => {
    if (exchange !== undefined && head?.framing.kind === 'until-close') finish(1);
  });
  socket.on('close', () => {
    onGone(connection);
    if (exchange !== undefined) fail(lastError ?? new Error('Jellyfin closed the connection'));
  });
  return connection;
}
