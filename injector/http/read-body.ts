import type { IncomingMessage } from 'node:http';

/** True when the client went away before its request was whole: no error of ours, and nobody to tell. */
export function hasBrokenOff(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}

/**
 * Reads a request's body.
 *
 * @returns undefined when it is longer than `maxBytes`; the rest is then not read, and the connection should be closed.
 * @throws {Error} when the client breaks off.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        request.pause();
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
    request.on('close', () => {
      if (!request.complete) reject(new Error('the client broke off'));
    });
  });
}
