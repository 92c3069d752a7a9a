import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../clock/until.ts';
import { freePort, isListening } from '../network/free-port.ts';
import { ROOT } from '../runner/projects.ts';

/** A program of `examples/` that runs. */
export interface Example {
  readonly url: string;
  readonly port: number;
  /** What it said on standard error. */
  readonly said: () => string;
  /** Tells it to end, and waits until it has ended by itself; answers its exit code. */
  end(): Promise<number | null>;
}

/** Builds what it imports, where a source is newer than the build. */
export function buildForExamples(): void {
  execFileSync(process.execPath, [join(ROOT, 'bin/gatehouse.mjs'), '--version'], { stdio: 'ignore' });
}

/** Starts it in front of a Jellyfin; it is gone after the running test. */
export async function startExample(file: string, jellyfinUrl: string): Promise<Example> {
  const port = await freePort();
  const env = { PATH: process.env['PATH'], JELLYFIN_URL: jellyfinUrl, PORT: String(port) };
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, file)], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  await until(() => isListening(port));
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    said: () => said,
    async end() {
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill('SIGTERM');
      return (await ended)[0];
    },
  };
}
