import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Place } from './options.ts';

/** The demo as `npm run demo` starts it, in a process of its own. */
export interface DemoProcess {
  readonly child: ChildProcess;
  /** What it printed so far, on both outputs. */
  said(): string;
  /** Waits until it has printed that. @throws {Error} with what it said, when it ends before. */
  saying(words: string): Promise<void>;
  /** Its exit code, once it is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The address that stands behind the name of a place. */
  address(place: Place): string;
  /** Ends it by a signal, SIGTERM by default; as {@link DemoProcess.ended}. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What it prints once everything is there. */
export const READY = 'Ctrl+C ends the demo.';

/**
 * Starts it; the caller ends it.
 *
 * @param options As on the command line.
 * @param variables In place of those of this process, such as TMPDIR.
 */
export function spawnDemo(
  options: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): DemoProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  let said = '';
  const listeners = new Set<() => void>();
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const listener of listeners) listener();
    });
  }
  return {
    child,
    said: () => said,
    saying: (words) =>
      new Promise((resolve, reject) => {
        const listener = () => {
          if (!said.includes(words)) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
        listener();
        void ended.then(() => reject(new Error(`The demo ended before it said "${words}":\n${said}`)));
      }),
    address: (place) => new RegExp(`^${place} +(http\\S+)`, 'm').exec(said)?.[1] ?? '',
    ended,
    end(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
