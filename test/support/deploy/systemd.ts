import { ensureProgram } from '../runner/debian-program.ts';

/** Path of systemd-analyze; installs Debian's package where that is possible. @throws {Error} that says what to install. */
export function ensureSystemd(): string {
  return ensureProgram({
    variable: 'SYSTEMD_ANALYZE_PATH',
    names: ['systemd-analyze'],
    packageName: 'systemd',
    need: 'The unit is judged by systemd-analyze',
  });
}
