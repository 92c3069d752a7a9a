import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const STAND = `
const { DatabaseSync } = require('node:sqlite');
const { closeSync, openSync } = require('node:fs');
const [path, losesLock] = process.argv.slice(1);
const db = new DatabaseSync(path, { timeout: 60_000 });
db.prepare('SELECT * FROM Users').all();
// What 10.11 does at a start with migrations: it copies the file, and every lock of the process is gone.
if (losesLock === 'loses-lock') closeSync(openSync(path, 'r'));
process.on('SIGTERM', () => { db.close(); process.exit(); });
process.stdout.write('stands');
setInterval(() => {}, 1000);
`;

/** A process that has a database open as Jellyfin has, and ends well when it is told to. */
export interface StandingJellyfin {
  readonly pid: number;
  readonly child: ChildProcess;
}

/**
 * Starts one; it is gone after the running test.
 *
 * @param path As the process is to see it.
 * @param before Words of a command that runs it, such as `unshare`.
 */
export async function startStanding(
  path: string,
  { losesLock = false, before = [] }: { losesLock?: boolean; before?: readonly string[] } = {},
): Promise<StandingJellyfin> {
  const [command = '', ...words] = [...before, process.execPath, '-e', STAND, path];
  const child = spawn(command, [...words, losesLock ? 'loses-lock' : 'keeps-lock'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, child };
}
