import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Makes an answer that comes before the end of its request's body the last one of the connection: what is still on
 * its way can then never be taken for another request. The rest is read for a moment, because a connection that is
 * closed over unread bytes takes the answer with it. Source: RFC 9112 section 9.6; RFC 9110 section 10.1.1.
 */
export function closeAfterEarlyAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  limits: { readonly lingerBytes: number; readonly lingerMs: number },
): void {
  const { socket } = request;
  let { shouldKeepAlive } = response;
  // Read when the head of the answer is written: only then is it known how far the body has come.
  Object.defineProperty(response, 'shouldKeepAlive', {
    get: () => shouldKeepAlive && request.complete,
    set: (wanted: boolean) => {
      shouldKeepAlive = wanted;
    },
  });
  response.once('prefinish', () => {
    if (request.complete || socket.destroyed) return;
    const start = socket.bytesRead;
    const cut = setTimeout(() => socket.destroy(), limits.lingerMs);
    socket.once('close', () => clearTimeout(cut));
    // Node calls this once the answer is written.
    socket.destroySoon = () => {
      socket.end();
      request.once('end', () => socket.destroy());
      request.on('data', () => {
        if (socket.bytesRead - start > limits.lingerBytes) socket.destroy();
      });
      request.resume();
    };
  });
}
