import { Writable } from 'node:stream';
import { createLogger, type Logger } from '../../../server/log/log.ts';

/** The program's real log, written into memory. */
export interface KeptLines {
  readonly log: Logger;
  /** Parsed lines, oldest first. */
  readonly lines: readonly Record<string, unknown>[];
  /** All lines as they were written. */
  text(): string;
  /** Lines of one event. */
  of(event: string): readonly Record<string, unknown>[];
}

/** Makes the program's log with memory as its end. */
export function keepLines(): KeptLines {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      for (const line of String(chunk).split('\n')) if (line !== '') lines.push(JSON.parse(line));
      done();
    },
  });
  return {
    log: createLogger('trace', destination),
    lines,
    text: () => lines.map((line) => JSON.stringify(line)).join('\n'),
    of: (event) => lines.filter((line) => line['event'] === event),
  };
}
