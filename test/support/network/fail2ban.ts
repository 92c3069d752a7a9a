import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tempFolder } from '../files/temp-folder.ts';
import { ensureProgram } from '../runner/debian-program.ts';

const run = promisify(execFile);
const DEPLOY = join(import.meta.dirname, '../../../deploy/fail2ban');
const FILTER = join(DEPLOY, 'filter.d/gatehouse.conf');

/** Path of fail2ban's tester; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureFail2ban(): string {
  return ensureProgram({
    variable: 'FAIL2BAN_REGEX_PATH',
    names: ['fail2ban-regex'],
    packageName: 'fail2ban',
    need: 'The filter in deploy/fail2ban is tried with the real program',
  });
}

/** The addresses fail2ban would count a failure for, one for each line that says so, in order. */
export async function countedBy(lines: string): Promise<string[]> {
  const file = join(await tempFolder(), 'gatehouse.log');
  await writeFile(file, lines);
  const { stdout } = await run(ensureFail2ban(), ['-o', 'ip', file, FILTER]);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Has fail2ban read its configuration with our jail and filter in it; answers what it says. */
export async function testConfiguration(): Promise<string> {
  const folder = await tempFolder();
  await cp('/etc/fail2ban', folder, { recursive: true });
  // Debian switches a jail of its own on, for a log that is not everywhere.
  await rm(join(folder, 'jail.d'), { recursive: true });
  await cp(DEPLOY, folder, { recursive: true });
  await mkdir(join(folder, 'run'));
  const client = ensureFail2ban().replace(/regex$/, 'client');
  const { stdout, stderr } = await run(client, ['-c', folder, '-p', join(folder, 'run/pid'), '-t']);
  return stdout + stderr;
}
