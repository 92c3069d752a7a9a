import { pino } from 'pino';
import type { Log, LogEntry, WriteLog } from '../../injector/kit/log.ts';
import { createLineLimit, LINES_PER_MINUTE } from './line-limit.ts';
import { createRedaction } from './redaction.ts';

export { shortAddress } from './redaction.ts';

/** Takes every event, whatever level is written. Must not throw. */
export type EventListener = (entry: LogEntry) => void;

/**
 * The program's log. One JSON line an event; `event` is a stable kebab-case name, all of them in docs/events.md. Of each
 * event at level `info` or above 300 lines a minute are written; `log-thinned` tells how many more there were. Listeners
 * hear all.
 */
export interface Logger extends Log {
  /** `trace` to `fatal`, or `silent`: the lowest that is written. May be changed while it runs. */
  level: string;
  readonly trace: WriteLog;
  readonly fatal: WriteLog;
  /** Takes these values out of every line from now on, wherever in it they stand. */
  hide(secrets: Iterable<string>): void;
  /** A value as it would stand in a line: without secrets. */
  clean(value: unknown): unknown;
  /** Calls this listener for each event, in place of the one before, which takes over again when this one is removed. */
  addListener(listener: EventListener): void;
  /** Calls this listener no more. Idempotent. */
  removeListener(listener: EventListener): void;
}

/** Names under which secrets would travel; pino writes `[redacted]` in their place. */
const SECRET_FIELDS = ['password', 'token', 'pin', 'apiKey', 'address', 'authorization', 'cookie'];

/** Names of a line that are ours, not of the outside world. */
const OWN_FIELDS = ['level', 'time', 'event'];

/**
 * Loads what makes a line for people out of a JSON line, cleaned already. Only who needs it loads it.
 *
 * @param hasColours For a terminal that shows them.
 */
export async function loadTextLines(hasColours: boolean): Promise<(line: string) => string> {
  const { prettyFactory } = await import('pino-pretty');
  const toText = prettyFactory({
    colorize: hasColours,
    translateTime: 'SYS:HH:MM:ss',
    messageFormat: (line, messageKey) => {
      // An error gives its own message, with lines and signs of whoever caused it.
      const message = String(line[messageKey] ?? '').replaceAll('\n', ' ');
      return escapeInvisible([line['event'], message].filter(Boolean).join('  '));
    },
    ignore: 'event',
    // By itself it puts each field called `error` on lines of its own.
    errorLikeObjectKeys: [],
    singleLine: true,
  });
  return (line) => toText(line)?.trimEnd() ?? line;
}

/**
 * Makes the log.
 *
 * @param level `trace` to `fatal`, or `silent`. @default `info`
 * @param destination Where lines go. @default standard output
 * @param toText Makes another line of the JSON line that stands for an event, {@link loadTextLines}. @default none
 * @param linesPerMinute Most lines of one event. @default 300
 */
export function createLogger(
  level = 'info',
  destination?: NodeJS.WritableStream,
  toText: (line: string) => string = (line) => line,
  linesPerMinute = LINES_PER_MINUTE,
): Logger {
  const redaction = createRedaction();
  const end = destination ?? pino.destination(1);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
  };
  const written = pino(options, {
    write: (line: string) => void end.write(`${toText(toLine(line, redaction.cleanValue))}\n`),
  });
  /** Of several, as while one service takes over from another, the last one is called: each event is kept once. */
  let listeners: readonly EventListener[] = [];
  const limit = createLineLimit(linesPerMinute, (of, lines) =>
    written.warn({ event: 'log-thinned', of, lines }),
  );
  const writer =
    (name: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'): WriteLog =>
    (entry, message) => {
      listeners.at(-1)?.(entry);
      // Who asks for every detail gets every detail; a fatal error is the last line there is.
      const isLimited =
        (name === 'info' || name === 'warn' || name === 'error') && written.isLevelEnabled(name);
      if (isLimited && !limit.isWanted(entry.event)) return;
      if (message === undefined) written[name](entry);
      else written[name](entry, message);
    };
  return {
    get level() {
      return written.level;
    },
    set level(next) {
      written.level = next;
    },
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    fatal: writer('fatal'),
    hide: redaction.hide,
    clean: redaction.cleanValue,
    addListener(listener) {
      listeners = [...listeners, listener];
    },
    removeListener(ended) {
      listeners = listeners.filter((listener) => listener !== ended);
    },
  };
}

/** Cleans what pino has written, errors and their causes included, of secrets and of what would disturb a reader. */
function toLine(line: string, clean: (value: unknown) => unknown): string {
  const { level, time, event, clientAddress, ...more } = JSON.parse(line) as Record<string, unknown>;
  // The client's address comes before anything strangers have a say in: deploy/fail2ban reads it there and nowhere else.
  const fields = Object.entries({ level, time, event, clientAddress, ...more });
  const cleaned = fields.map(([name, value]) => [name, OWN_FIELDS.includes(name) ? value : clean(value)]);
  return escapeInvisible(JSON.stringify(Object.fromEntries(cleaned)));
}

/**
 * JSON escapes control characters below U+0020 only. Others that begin a new line for some reader, steer a terminal or
 * turn the order of letters are escaped too. Source: ASVS 5.0 16.4.1.
 */
function escapeInvisible(text: string): string {
  const toEscape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => found.split('').map(toEscape).join(''));
}
