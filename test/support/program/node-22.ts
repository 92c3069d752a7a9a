import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../runner/projects.ts';

/** The oldest Node.js that Gatehouse runs on: what `engines` of package.json says, with its patch. */
export const OLDEST_NODE = '22.19.0';

/** Holds it from the first time on; 173 MB. No dependency: its command would take the place of the newer one. */
const FOLDER = join(ROOT, 'node_modules/.cache', `node-${OLDEST_NODE}`);

/**
 * Makes sure that it is there: what `NODE_22_PATH` names, else npm's package of this system.
 *
 * @returns its path.
 * @throws {Error} with one sentence that says what to do.
 */
export function ensureNode22(): string {
  const named = process.env['NODE_22_PATH'];
  if (named !== undefined) return named;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const packageName = `node-${system}-${process.arch}`;
  const path = join(FOLDER, 'node_modules', packageName, 'bin/node');
  if (!existsSync(path)) {
    try {
      const asked = ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund'];
      execFileSync('npm', [...asked, `${packageName}@${OLDEST_NODE}`], { stdio: 'ignore' });
    } catch {
      // Told below, with the fix.
    }
  }
  if (existsSync(path)) return path;
  throw new Error(
    `The tests of the npm package need Node.js ${OLDEST_NODE}: let npm reach its registry once, or set NODE_22_PATH.`,
  );
}
