import type { AddressInfo, Server, Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Lets a socket server listen on any free loopback port; answers the port. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** Closes a socket server and the given connections. */
export function shutSockets(server: Server, sockets: Iterable<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

/** What a client got. */
export interface Exchange {
  readonly raw: string;
  /** True when the other side closed. */
  readonly isClosed: boolean;
}

/**
 * Sends the parts, 30 ms apart, and reads until the other side closes, or until `answers` final answers came (or the
 * statuses so far are enough), or `patienceMs` (default 2,000) passed, and 30 ms longer: late bytes and late requests
 * show themselves then.
 */
export async function exchange(
  port: number,
  parts: readonly string[],
  answers: number | ((statuses: readonly number[]) => boolean),
  patienceMs = 2_000,
): Promise<Exchange> {
  const socket = connect(port, '127.0.0.1');
  let raw = '';
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true;
      resolve();
    });
  });
  const enough = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      raw += chunk.toString('latin1');
      const statuses = statusesOf(raw).filter((status) => status >= 200);
      if (typeof answers === 'function' ? answers(statuses) : answers > 0 && statuses.length >= answers)
        resolve();
    });
  });
  socket.on('error', () => undefined);
  for (const [index, part] of parts.entries()) {
    if (index > 0) await wait(30);
    if (socket.writable) socket.write(Buffer.from(part, 'latin1'));
  }
  await Promise.race([closed, enough, wait(patienceMs, undefined, { ref: false })]);
  await wait(30);
  socket.destroy();
  return { raw, isClosed };
}

/** Status codes of all answers in a raw exchange, in order. */
export function statusesOf(raw: string): number[] {
  return [...raw.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
