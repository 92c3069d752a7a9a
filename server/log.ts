import { type Logger as PinoLogger, pino } from 'pino';

/** The program's log. One JSON line an event; `event` is a stable kebab-case name. */
export type Logger = PinoLogger;

/** Names under which secrets would travel; pino writes `[redacted]` in their place. */
const SECRET_FIELDS = ['password', 'token', 'pin', 'apiKey', 'address', 'authorization', 'cookie'];

/**
 * Makes the log.
 *
 * @param level `trace` to `fatal`, or `silent`. Default `info`.
 * @param destination Where lines go; default standard output. Tests pass a stream.
 */
export function createLogger(level = 'info', destination?: NodeJS.WritableStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * A mail address as it may stand in a log: first letter and domain, e.g. `a…@example.org`.
 * Source: rule "no whole address in logs".
 */
export function shortAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`;
}
