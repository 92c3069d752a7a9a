import type { Log } from '../../../injector/kit/log.ts';

/** A log that keeps its lines for assertions. */
export interface KeptLog extends Log {
  readonly lines: Record<string, unknown>[];
}

/** Makes a log that writes nowhere. */
export function createKeptLog(): KeptLog {
  const lines: Record<string, unknown>[] = [];
  const keep =
    (level: string) =>
    (entry: unknown): void => {
      lines.push({ level, ...(typeof entry === 'object' ? entry : { message: entry }) });
    };
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}
