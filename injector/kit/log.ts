import type { Logger } from 'pino';

/** The part of the program's log that the injector writes to: one object an event, with a stable `event` name. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
