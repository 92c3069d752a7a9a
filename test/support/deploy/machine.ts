import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { until } from '../clock/until.ts';
import { ensureProgram } from '../runner/debian-program.ts';

/** A Debian that was booted, with a systemd of its own. */
export interface Machine {
  /** Runs a script by root in it. */
  sh(script: string): Promise<{ readonly code: number; readonly out: string }>;
}

/** Path of systemd-nspawn; installs Debian's package where that is possible. @throws {Error} that says what to install. */
export function ensureNspawn(): string {
  return ensureProgram({
    variable: 'NSPAWN_PATH',
    names: ['systemd-nspawn'],
    packageName: 'systemd-container',
    need: 'The service is tried under a real systemd, in a machine that takes systemd-nspawn',
  });
}

/**
 * Boots a file tree with systemd in it; it is off after the running test. Its network is that of this machine.
 *
 * @param root Folder of the tree; it is written to.
 */
export async function bootMachine(root: string): Promise<Machine> {
  const words = ['--quiet', '--register=no', '--keep-unit', '--boot', '--console=pipe', '--directory', root];
  const child = spawn(ensureNspawn(), words, { stdio: ['ignore', 'ignore', 'ignore'] });
  onTestFinished(async () => {
    const ended = once(child, 'exit');
    // Its first process, with which all others in there end; nspawn itself would leave them running.
    const number = first();
    if (number === undefined) child.kill('SIGKILL');
    else process.kill(Number(number), 'SIGKILL');
    await ended;
  });
  const first = () => childrenOf(child.pid ?? 0)[0];
  await until(() => first() !== undefined);
  const sh: Machine['sh'] = (script) =>
    new Promise((resolve) => {
      const enter = ['--target', String(first()), '--all', 'env', '-i', PATH, 'HOME=/root', 'sh', '-c'];
      execFile('nsenter', [...enter, `exec 2>&1\ncd /root\n${script}`], (error, out) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 255, out });
      });
    });
  await until(async () => (await sh('systemctl is-system-running')).out.match(/running|degraded/) !== null);
  return { sh };
}

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function childrenOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  } catch {
    return [];
  }
}
