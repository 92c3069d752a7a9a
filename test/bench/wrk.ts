import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What wrk measured. */
export interface Load {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were no 2xx or 3xx, and socket errors. */
  readonly failures: number;
}

/** Loads one address for some seconds with one thread. */
export async function load(
  url: string,
  connections: number,
  seconds: number,
  headers: readonly string[] = [],
): Promise<Load> {
  const named = headers.flatMap((header) => ['-H', header]);
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    ...named,
    url,
  ]);
  const failures = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  const sockets = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(stdout);
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0),
    p50Ms: toMs(/50%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    p99Ms: toMs(/99%\s+([\d.]+)(us|ms|s)/.exec(stdout)),
    failures: failures + (sockets ?? []).slice(1).reduce((sum, count) => sum + Number(count), 0),
  };
}

function toMs(match: RegExpExecArray | null): number {
  const factor = match?.[2] === 'us' ? 0.001 : match?.[2] === 's' ? 1000 : 1;
  return Number(match?.[1] ?? 0) * factor;
}
