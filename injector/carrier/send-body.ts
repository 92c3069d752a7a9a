import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

const CRLF = '\r\n';
const LAST_CHUNK = '0\r\n\r\n';

/**
 * Sends the client's body after the head, framed as the head says; the client waits while Jellyfin does. A client that
 * breaks off ends the connection, so that no half body is taken for a whole one.
 */
export function sendBody(request: IncomingMessage, socket: Socket): void {
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const onDrain = (): void => void request.resume();
  const stop = (): void => {
    request.off('data', onData);
    socket.off('drain', onDrain);
    request.resume();
  };
  function onData(chunk: Buffer): void {
    let mayGoOn: boolean;
    if (isChunked) {
      socket.cork();
      socket.write(`${chunk.length.toString(16)}${CRLF}`, 'latin1');
      socket.write(chunk);
      mayGoOn = socket.write(CRLF, 'latin1');
      socket.uncork();
    } else mayGoOn = socket.write(chunk);
    if (!mayGoOn) request.pause();
  }
  request.on('data', onData);
  request.on('end', () => {
    if (isChunked && !socket.destroyed) socket.write(LAST_CHUNK, 'latin1');
    socket.off('drain', onDrain);
    socket.off('close', stop);
  });
  request.on('close', () => {
    if (!request.complete) socket.destroy();
  });
  socket.on('drain', onDrain);
  socket.once('close', stop);
}
