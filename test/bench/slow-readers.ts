import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Many clients that pull a film slowly. */
export interface SlowReaders {
  /** How many got their first byte. */
  started(): number;
  /** Waits until each has got a byte. @throws {Error} when one has none in the end. */
  untilStarted(): Promise<void>;
  /** All leave at once. */
  leave(): void;
}

/** How long the last reader may wait for its first byte, in milliseconds: where a queue of connections is full, TCP asks again after up to 64 s. */
const PATIENCE_MS = 120_000;

/** Read at a time and pause between, which makes about 64 kB/s each. */
const PAUSE_MS = 1_000;

/**
 * Opens clients one after the other over some seconds; each reads what there is, then waits.
 *
 * @param path `/film` has a `Content-Length`, `/transcode` comes in chunks.
 */
export async function openSlowReaders(
  port: number,
  path: string,
  count: number,
  rampMs: number,
): Promise<SlowReaders> {
  const sockets: Socket[] = [];
  let started = 0;
  for (let n = 0; n < count; n += 1) {
    const socket = connect(port, '127.0.0.1');
    let isFirst = true;
    socket.on('error', () => undefined);
    socket.on('data', () => {
      if (isFirst) started += 1;
      isFirst = false;
      socket.pause();
      setTimeout(() => socket.resume(), PAUSE_MS).unref();
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`);
    sockets.push(socket);
    if (n % 20 === 19) await sleep((rampMs * 20) / count);
  }
  return {
    started: () => started,
    async untilStarted() {
      const deadline = performance.now() + PATIENCE_MS;
      while (started < count) {
        if (performance.now() > deadline)
          throw new Error(`${count - started} of ${count} readers of ${path} got nothing`);
        await sleep(50);
      }
    },
    leave: () => sockets.forEach((socket) => void socket.destroy()),
  };
}
