import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Ended, runProgram } from '../program/program.ts';
import type { MadeDatabase } from './jellyfin-database.ts';

/** Nothing listens there. */
export const NOBODY = 'http://127.0.0.1:9';

/** The password that rescues of tests set. */
export const NEW_PASSWORD = 'a new pass phrase, ü';

/** Words of a rescue that asks nothing, of the database; more may follow. */
export async function rescueWords(
  { dataFolder, path }: MadeDatabase,
  ...more: readonly string[]
): Promise<readonly string[]> {
  const file = join(dirname(dataFolder), 'password');
  await writeFile(file, `${NEW_PASSWORD}\n`, { mode: 0o600 });
  const url = more.includes('--jellyfin') ? [] : ['--jellyfin', NOBODY];
  return ['rescue', '--database', path, '--password-file', file, '--yes', ...url, ...more];
}

/** Runs the real program on the database, in a folder without any configuration. */
export async function rescue(database: MadeDatabase, ...more: readonly string[]): Promise<Ended> {
  return await runProgram(dirname(database.dataFolder), ...(await rescueWords(database, ...more)));
}
