import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, vi } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** The real program on a terminal of its own, and somebody at the keyboard. */
export interface TerminalProgram {
  /** All that was shown so far, typed letters that are echoed among it, without colours. */
  shown(): string;
  /** Waits until that is shown behind what was seen before. */
  see(text: string): Promise<void>;
  /** Waits for a question, and types the answer and Enter. */
  answer(question: string, typed: string): Promise<void>;
  /** Types without Enter. */
  type(keys: string): void;
  /** Waits for its end and answers the exit code. */
  ended(): Promise<number>;
}

/**
 * Starts `gatehouse` on a pseudo-terminal, which `script` of util-linux makes; it is gone after the running test.
 *
 * @param variables In place of those of this process that are ours.
 */
export function startOnTerminal(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): TerminalProgram {
  const command = [process.execPath, MAIN, ...args].map((word) => `'${word}'`).join(' ');
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:GATEHOUSE|JELLYFIN)_/.test(name));
  const child = spawn('script', ['-qec', `exec ${command}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...Object.fromEntries(inherited), SHELL: '/bin/sh', TERM: 'dumb', COLUMNS: '400', ...variables },
    cwd: folder,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  let all = '';
  let at = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    all += stripVTControlCharacters(bytes.toString('utf8'));
  });
  const see = async (text: string): Promise<void> => {
    await vi.waitFor(() => expect(all.slice(at)).toContain(text), { timeout: 30_000, interval: 20 });
    at = all.indexOf(text, at) + text.length;
  };
  return {
    shown: () => all,
    see,
    async answer(question, typed) {
      await see(question);
      child.stdin.write(`${typed}\r`);
    },
    type: (keys) => void child.stdin.write(keys),
    ended: async () => (await exit)[0] ?? -1,
  };
}
