import { execFile } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** How a run of the program ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What tells a program where its programs are, which zone it is in and what the time is. */
const KEPT = /^(PATH|TZ|LD_PRELOAD|FAKETIME.*|NO_FAKE_STAT)$/;

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
