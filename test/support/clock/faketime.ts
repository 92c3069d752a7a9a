import { execFileSync } from 'node:child_process';
import { ensureProgram } from '../runner/debian-program.ts';

/**
 * Variables with which a program and all it starts see another time, running on from there; timers stay as they are, and
 * so do the times of files, which are the kernel's. Installs Debian's faketime where that is possible.
 *
 * @param aheadMs How far ahead of the real time.
 * @throws {Error} that says what to install.
 * Source: libfaketime 0.9.10, README, "Advanced features"; its wrapper's semaphore is left out, because what is killed
 * while it holds that would stop all others.
 */
export function fakeTimeVariables(aheadMs: number): Readonly<Record<string, string>> {
  const program = ensureProgram({
    variable: 'FAKETIME_PATH',
    names: ['faketime'],
    packageName: 'faketime',
    need: 'Tests under another clock need faketime',
  });
  const library = execFileSync(program, ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
  return {
    LD_PRELOAD: library.trim(),
    FAKETIME: `+${Math.round(aheadMs / 1000)}`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Its mending of condition variables, which Debian's build turns on by itself, lets Chromium hang for ever.
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
    // Node asks for them by a call it does not know; nobody else is to see others.
    NO_FAKE_STAT: '1',
  };
}

/**
 * The variables of this process without those: for PostgreSQL, whose limits of time never come under faketime (its alarms
 * ring amid calls during which that library tells the real time). No statement of ours asks it for the time.
 */
export function realTimeVariables(): NodeJS.ProcessEnv {
  const { LD_PRELOAD, FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC, ...others } = process.env;
  return FAKETIME === undefined ? process.env : others;
}
