import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../../server/log/log.ts';

/** A real log whose lines a test can read. */
export interface LogLines {
  readonly log: Logger;
  /** All lines as they would have been printed. */
  text(): string;
  /** The `event` of each line. */
  events(): string[];
}

/** Makes one, of every level. */
export function createLogLines(): LogLines {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return {
    log: createLogger('trace', stream),
    text: () => lines.join(''),
    events: () => lines.map((line) => String((JSON.parse(line) as { event?: unknown }).event)),
  };
}
