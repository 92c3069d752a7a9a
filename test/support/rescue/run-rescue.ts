import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createLogger } from '../../../server/log/log.ts';
import { carryOut } from '../../../server/rescue/carry-out.ts';
import { lookAround, type RescueWish } from '../../../server/rescue/look-around.ts';
import { findPerson } from '../../../server/rescue/people.ts';
import type { RescueReport } from '../../../server/rescue/report.ts';
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

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** Runs the real program with its own questions, and answers them on standard input. */
export async function rescueAnswering(
  { path }: MadeDatabase,
  answers: string,
  ...more: readonly string[]
): Promise<Ended> {
  const words = ['rescue', '--database', path, '--jellyfin', NOBODY, ...more];
  const child = spawn(process.execPath, [MAIN, ...words], { cwd: dirname(path) });
  const texts = [child.stdout, child.stderr].map(async (stream) => (await stream.toArray()).join(''));
  child.stdin.end(answers);
  const [code] = (await once(child, 'exit')) as [number];
  const [out = '', err = ''] = await Promise.all(texts);
  return { code, out, err };
}

/** What a rescue in this process may wish for besides. */
export interface WishHere extends Partial<RescueWish> {
  readonly user?: string;
  readonly makesAdministrator?: boolean;
  readonly stopCommand?: string;
  readonly startCommand?: string;
  readonly backupFolder?: string;
  readonly now?: Date;
  readonly tell?: (step: string) => void;
}

/**
 * Does in this process what the command does after it was told yes. Not for a database that this process has open itself:
 * closing another handle of it would drop the locks.
 */
export async function rescueHere(database: MadeDatabase, wish: WishHere = {}): Promise<RescueReport> {
  const at = await lookAround({
    database: database.path,
    url: NOBODY,
    way: undefined,
    isSaidStopped: false,
    mayStop: wish.stopCommand !== undefined,
    places: [],
    ...wish,
  });
  const name = at.content === undefined ? (wish.user ?? '') : findPerson(at.content.people, wish.user).name;
  return await carryOut({
    at,
    name,
    password: NEW_PASSWORD,
    makesAdministrator: wish.makesAdministrator ?? false,
    backupFolder: wish.backupFolder,
    stopCommand: wish.stopCommand,
    startCommand: wish.startCommand,
    now: wish.now ?? new Date(),
    log: createLogger('silent', process.stderr),
    tell: wish.tell ?? (() => undefined),
  });
}
