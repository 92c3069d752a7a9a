import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program that tests need and npm does not bring. */
export interface DebianProgram {
  /** Variable that names its path, e.g. `CHROMIUM_PATH`. */
  readonly variable: string;
  /** Names under which distributions install it. */
  readonly names: readonly string[];
  /** Debian's package. */
  readonly packageName: string;
  /** Begin of the sentence when it is missing, e.g. `The browser journeys need Chromium`. */
  readonly need: string;
}

const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** Folders of Debian's packages that are not in everybody's PATH. PostgreSQL has one for each version, newest first. */
function systemFolders(): string[] {
  const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
  return [
    '/usr/sbin',
    '/usr/local/sbin',
    ...newestFirst.map((version) => `${POSTGRES_FOLDER}/${version}/bin`),
  ];
}

/** Path of an installed program: what its variable names, else the usual folders; undefined when there is none. */
function find({ variable, names }: DebianProgram): string | undefined {
  const named = process.env[variable];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...systemFolders()];
  const candidates =
    named === undefined ? folders.flatMap((folder) => names.map((name) => join(folder, name))) : [named];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Makes sure that a program is there; installs Debian's package where that is possible (root with apt-get).
 *
 * @returns its path.
 * @throws {Error} with one sentence that says what to install.
 */
export function ensureProgram(program: DebianProgram): string {
  const { need, packageName, variable } = program;
  const found = find(program);
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && process.env[variable] === undefined) {
    try {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
      execFileSync('apt-get', ['install', '-y', '-q', packageName], { stdio: 'ignore', env });
    } catch {
      // Told below, with the fix.
    }
  }
  const installed = find(program);
  if (installed !== undefined) return installed;
  throw new Error(`${need}: install it (Debian: apt-get install ${packageName}) or set ${variable}.`);
}
