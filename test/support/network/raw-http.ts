import { connect } from 'node:net';

/** A raw answer: everything the server sent until it closed, or until `waitMs` passed without a byte. */
export function sendRaw(port: number, request: string | Buffer, waitMs = 700): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const finish = (): void => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    socket.setTimeout(waitMs, finish);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', finish);
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? finish() : reject(error),
    );
    socket.on('connect', () =>
      socket.write(typeof request === 'string' ? Buffer.from(request, 'latin1') : request),
    );
  });
}

/** Status code of the first answer in a raw exchange; 0 when there is none. */
export function statusOf(raw: string): number {
  return Number(/^HTTP\/1\.[01] (\d{3})/.exec(raw)?.[1] ?? 0);
}
