import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const HOLD = `
const { DatabaseSync } = require('node:sqlite');
const db = new DatabaseSync(process.argv[1], { timeout: 60_000 });
db.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
setInterval(() => {}, 1000);
`;

/** Has another process write to a SQLite file and not come to an end; answers what ends that process. */
export async function holdFile(path: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', HOLD, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return async () => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
}

/** Starts the one that holds, and ends when it does. */
const START = `
const { spawn } = require('node:child_process');
const [hold, path] = process.argv.slice(1);
const child = spawn(process.execPath, ['-e', hold, path], { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
child.stdout.once('data', () => { process.stdout.write(String(child.pid)); process.exit(); });
`;

/** The same for work that cannot wait: holds the file when it answers. */
export function holdFileNow(path: string): () => void {
  const { stdout } = spawnSync(process.execPath, ['-e', START, HOLD, path], { encoding: 'utf8' });
  const pid = Number(stdout);
  let isHeld = true;
  const letGo = (): void => {
    if (isHeld) process.kill(pid, 'SIGKILL');
    isHeld = false;
  };
  onTestFinished(letGo);
  return letGo;
}
