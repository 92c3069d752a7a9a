import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { http } from '../http/node/http.ts';
import {
  createHeadJudge,
  type Exchange,
  MAX_HEAD_BYTES,
  type OutgoingRequest,
  type Receiver,
} from './exchange.ts';

/** Methods that say nothing of a body they do not have. Source: RFC 9110 section 8.6. */
const BODILESS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/**
 * Sends a request by Node's own client over a connection that carries nothing else and ends with it. The head is sent at
 * once, since Jellyfin may answer from it alone; the body follows as it comes, and stops when the answer is over.
 *
 * @param socket May still be connecting.
 */
export function sendAlone(socket: Socket, request: OutgoingRequest, receiver: Receiver): Exchange {
  const { method, path, headers, body } = request;
  const { judge } = createHeadJudge();
  const outgoing = http.request({
    ...{ method, path, headers: withFraming(method, headers, body) },
    maxHeaderSize: MAX_HEAD_BYTES,
    createConnection: () => socket,
  });
  let answer: IncomingMessage | undefined;
  let isOver = false;

  function fail(error: Error): void {
    outgoing.destroy();
    if (isOver) return;
    isOver = true;
    receiver.onError(error, false);
  }

  // Nonsense behind a whole answer ends the connection, not the answer.
  outgoing.on('error', (error) => answer?.complete !== true && fail(error));
  outgoing.on('information', ({ statusCode }) => {
    const verdict = judge(statusCode, '', []);
    if (verdict instanceof Error) fail(verdict);
  });
  outgoing.on('response', (incoming) => {
    const verdict =
      incoming.httpVersionMajor === 1
        ? judge(incoming.statusCode ?? 0, incoming.statusMessage ?? '', incoming.rawHeaders)
        : OTHER_VERSION;
    if (verdict instanceof Error) return fail(verdict);
    answer = incoming;
    if (!isOver) receiver.onHead(incoming.statusCode ?? 0, incoming.statusMessage ?? '', incoming.rawHeaders);
    incoming.on('data', (chunk: Buffer) => {
      if (isOver || receiver.onData(chunk)) return;
      incoming.pause();
      // Else one piece more is read and kept.
      socket.pause();
    });
    incoming.on('error', fail);
    incoming.on('end', () => {
      outgoing.destroy();
      if (isOver) return;
      isOver = true;
      receiver.onEnd();
    });
  });
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) outgoing.end(body);
  else {
    outgoing.flushHeaders();
    body.pipe(outgoing);
  }
  return {
    resume() {
      socket.resume();
      answer?.resume();
    },
    abort() {
      isOver = true;
      outgoing.destroy();
    },
  };
}

const OTHER_VERSION = new Error('Jellyfin does not answer in HTTP/1.1');

/** Says how long the body is: left to itself, Node sends one of unknown length in chunks, also an empty one. */
function withFraming(method: string, headers: readonly string[], body: OutgoingRequest['body']): string[] {
  const framed = [...headers, 'Connection', 'close'];
  if (headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-length'))
    return framed;
  if (typeof body === 'string' || Buffer.isBuffer(body))
    framed.push('Content-Length', String(Buffer.byteLength(body)));
  else if (body !== undefined) framed.push('Transfer-Encoding', 'chunked');
  else if (!BODILESS.has(method)) framed.push('Content-Length', '0');
  return framed;
}
