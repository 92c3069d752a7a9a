import type { IncomingMessage } from 'node:http';

/** Ends connections whose body has stopped arriving. */
export interface IdleBodies {
  /** Watches until the body is whole or the connection is gone. */
  watch(request: IncomingMessage): void;
}

/**
 * Makes a watch over bodies. A body we do not read, because Jellyfin is slow to take it, is never cut.
 *
 * @param idleMs How long one may stand still, in milliseconds; looked at in quarters of it.
 */
export function createIdleBodies(idleMs: number): IdleBodies {
  return {
    watch(request) {
      if (request.complete) return;
      const { socket } = request;
      let seen = socket.bytesRead;
      let since = performance.now();
      const check = setInterval(() => {
        const isWaiting = request.readableLength === 0 && socket.bytesRead === seen;
        if (!isWaiting) {
          seen = socket.bytesRead;
          since = performance.now();
        } else if (performance.now() - since >= idleMs) socket.destroy();
      }, idleMs / 4).unref();
      const stop = (): void => {
        clearInterval(check);
        // A connection carries many requests.
        socket.off('close', stop);
      };
      request.once('end', stop);
      request.once('close', stop);
      socket.once('close', stop);
    },
  };
}

/** Ends the connection when a body is not whole after `maxMs`: what our own routes read is small. */
export function endLateBody(request: IncomingMessage, maxMs: number): void {
  if (request.complete) return;
  const { socket } = request;
  const cut = setTimeout(() => {
    if (!request.complete) socket.destroy();
  }, maxMs).unref();
  request.once('close', () => clearTimeout(cut));
}
