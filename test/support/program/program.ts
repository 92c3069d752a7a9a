import { type ChildProcess, spawn } from 'node:child_process';
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
 */
export async function startProgram(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_'));
  const child = spawn(process.execPath, [MAIN, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...Object.fromEntries(inherited), ...variables },
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
