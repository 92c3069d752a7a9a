import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RescueRefusal } from './refusal.ts';
import { seeServer } from './server-state.ts';

/** How long Jellyfin has to let go of its database once the command has ended, in milliseconds. */
const STOP_MS = 60_000;
const LOOK_MS = 200;

/**
 * Stops Jellyfin with the administrator's own command and waits until nobody has the database open. Where that cannot be seen,
 * the command's word counts, and that nothing answers any more.
 *
 * @param answers Whether a Jellyfin answers at its address.
 * @throws {RescueRefusal} when the command fails or Jellyfin goes on.
 */
export async function stopServer(
  command: string,
  path: string,
  answers: () => Promise<boolean>,
): Promise<void> {
  const code = await runCommand(command);
  if (code !== 0) throw new RescueRefusal(`${command} ended with ${code}; nothing was changed.`);
  const until = performance.now() + STOP_MS;
  while (performance.now() < until) {
    const { kind } = await seeServer(path);
    if (kind === 'stopped' || (kind === 'unseen' && !(await answers()))) return;
    await sleep(LOOK_MS);
  }
  throw new RescueRefusal(
    `${path} is still open ${STOP_MS / 1_000} s after ${command}; nothing was changed.`,
  );
}

/** Runs a command of the administrator's in a shell; what it says goes to standard error. Answers how it ended. */
export async function runCommand(command: string): Promise<number | string> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 2, 2] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return code ?? String(signal);
}
