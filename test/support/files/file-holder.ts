import { spawn } from 'node:child_process';
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
