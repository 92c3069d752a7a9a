import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempFolder } from '../files/temp-folder.ts';
import { type Ended, runProgram } from './program.ts';

/** A folder to run commands in. */
export interface CommandFolder {
  readonly folder: string;
  /** Where the database is, or will be. */
  readonly path: string;
  /** Runs the real program there until it ends. */
  run(...args: readonly string[]): Promise<Ended>;
}

/**
 * Makes one with a configuration in it; it is gone after the running test.
 *
 * @param jellyfin Fields of `jellyfin`, as in a flow map.
 * @param storage Default the file at `path`.
 */
export async function makeCommandFolder(
  jellyfin: string,
  storage = './gatehouse.db',
): Promise<CommandFolder> {
  const folder = await tempFolder();
  await writeFile(join(folder, 'config.yaml'), `jellyfin: { ${jellyfin} }\nstorage: ${storage}\n`);
  return {
    folder,
    path: join(folder, 'gatehouse.db'),
    run: (...args) => runProgram(folder, ...args),
  };
}
