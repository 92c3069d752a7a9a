/** One event: a stable kebab-case name (all stand in docs/events.md) and what belongs to it. */
export interface LogEntry {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Writes one event; `message` is a sentence for people, where the name alone does not say what to do. */
export type WriteLog = (entry: LogEntry, message?: string) => void;

/** The part of the program's log that the injector writes to. */
export interface Log {
  readonly debug: WriteLog;
  readonly info: WriteLog;
  readonly warn: WriteLog;
  readonly error: WriteLog;
}
