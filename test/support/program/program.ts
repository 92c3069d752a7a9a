import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, vi } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** The real program as a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** What it logged so far. */
  readonly lines: Record<string, unknown>[];
  /** Waits for a log line of that event. */
  logged(event: string): Promise<void>;
  /** Ends it and answers its exit code; null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts `gatehouse serve` and waits until it listens; it is gone after the running test.
 *
 * @param args Behind `serve`.
 * @param variables In place of those of this process that are ours.
 * @param folder In which it runs. @default that of this process
 */
export async function startProgram(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<Program> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const child = spawn(process.execPath, [MAIN, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...Object.fromEntries(inherited), ...variables },
    cwd: folder,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line)));
  const logged = (event: string): Promise<void> =>
    vi.waitFor(() => expect(lines.map((line) => line['event'])).toContain(event), {
      timeout: 60_000,
      interval: 20,
    });
  await logged('listening');
  return {
    child,
    lines,
    logged,
    async end(signal) {
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

/** How a run of the program ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What tells a program where its programs and its compiled code are, which zone it is in and what the time is. */
const KEPT = /^(PATH|TZ|LD_PRELOAD|FAKETIME.*|NO_FAKE_STAT|NODE_COMPILE_CACHE)$/;

/** Runs the real program in a folder, with nothing else of ours in its environment, until it ends. */
export function runProgram(folder: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
    const options = { cwd: folder, env: Object.fromEntries(kept) };
    execFile(process.execPath, [MAIN, ...args], options, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}
