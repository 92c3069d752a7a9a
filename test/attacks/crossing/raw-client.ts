import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { until } from '../../support/clock/until.ts';

/** A client that sends what it likes and keeps what it got. */
export interface RawClient {
  /** In Latin-1. */
  readonly got: string;
  readonly isClosed: boolean;
  /** True when everything was handed to the system. */
  readonly isSent: boolean;
  write(bytes: Buffer | string): void;
  /** Waits until this is so or the other side has closed. */
  until(isSo: (got: string) => boolean): Promise<void>;
  leave(): void;
}

/** Connects. */
export function openClient(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  const parts: string[] = [];
  let got = '';
  let isClosed = false;
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('data', (piece) => parts.push(piece.toString('latin1')));
  socket.on('close', () => {
    isClosed = true;
  });
  const read = (): string => {
    got += parts.splice(0).join('');
    return got;
  };
  return {
    get got() {
      return read();
    },
    get isClosed() {
      return isClosed;
    },
    get isSent() {
      return !socket.connecting && socket.writableLength === 0;
    },
    write(bytes) {
      if (socket.writable) socket.write(bytes);
    },
    until: (isSo) => until(() => isSo(read()) || isClosed),
    leave: () => void socket.destroy(),
  };
}

/** Lets everything that is on its way inside this process arrive; how long that takes decides nothing. */
export async function letArrive(): Promise<void> {
  for (let count = 0; count < 30; count += 1) await turn();
}
