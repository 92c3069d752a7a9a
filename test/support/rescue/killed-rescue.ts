import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../measure/random.ts';
import { type MadeDatabase, type SeenPerson, seeKeys, seePerson } from './jellyfin-database.ts';
import { NEW_PASSWORD, rescueWords } from './run-rescue.ts';
import type { RunningJellyfin } from './running-jellyfin.ts';

const MAIN = join(import.meta.dirname, '../../../server/main.ts');

/** What a killed rescue left. */
export interface KilledRescue {
  /** `mixed` is what must never be. */
  readonly state: 'old' | 'new' | 'mixed';
  readonly isSound: boolean;
  /** Whether it had come to its end before the kill. */
  readonly isEnded: boolean;
  /** Owners of everything in the folder of the database. */
  readonly owners: readonly number[];
}

/**
 * Kills rescues of a stopped database, each at a random moment between its first step and its end, and says what each left. What it
 * left is the beginning of the next, unless that was the new state: then the old one is put back.
 *
 * @param password The one of before.
 */
export async function killRescues(
  database: MadeDatabase,
  { kills, seed, password }: { readonly kills: number; readonly seed: number; readonly password: string },
): Promise<KilledRescue[]> {
  const random = createRandom(seed);
  const pristine = join(dirname(database.dataFolder), 'pristine.db');
  copyFileSync(database.path, pristine);
  const isOld = (person: SeenPerson): boolean =>
    person.isDisabled && person.failures === 3 && person.sessions === 1 && person.verifies(password);
  const isNew = (person: SeenPerson): boolean =>
    !person.isDisabled && person.failures === 0 && person.sessions === 0 && person.verifies(NEW_PASSWORD);
  const { uid, gid } = statSync(database.path);
  const restore = (): void => {
    const folder = dirname(database.path);
    for (const name of readdirSync(folder)) if (name !== basename(database.path)) rmSync(join(folder, name));
    copyFileSync(pristine, database.path);
  };
  const wholeMs = (await run(database, 'making a backup', Number.POSITIVE_INFINITY)) ?? 0;
  restore();
  const left: KilledRescue[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    // Half of them after the backup, where the writing is.
    const step = random.pick(['making a backup', 'writing to the database']);
    const isEnded = (await run(database, step, random.below(Math.ceil(wholeMs)))) !== undefined;
    const names = readdirSync(dirname(database.path));
    const owners = [...new Set(names.map((name) => statSync(join(dirname(database.path), name)).uid))];
    const { person, isSound } = look(database.path);
    const state = isOld(person) ? 'old' : isNew(person) ? 'new' : 'mixed';
    left.push({ state, isSound, isEnded, owners });
    if (state === 'new') restore();
  }
  if (statSync(database.path).uid !== uid || statSync(database.path).gid !== gid)
    throw new Error('another owner');
  return left;
}

/** What a rescue over the API left that was killed. */
export interface KilledOverApi {
  /** Jellyfin's keys, once the rest of the rescue has tidied up. */
  readonly keys: readonly string[];
  readonly password: string | null;
}

/** How long the key of a killed rescue may stay, in milliseconds; on a busy machine a process takes its time. */
const TIDY_MS = 20_000;

/** Kills rescues of a running Jellyfin, each at a random moment after it began to write its key. */
export async function killRescuesOverApi(
  { database, jellyfin, keys }: RunningJellyfin,
  { kills, seed }: { readonly kills: number; readonly seed: number },
): Promise<KilledOverApi[]> {
  const random = createRandom(seed);
  const words = ['--jellyfin', jellyfin.url];
  const step = 'writing the API key';
  const wholeMs = (await run(database, step, Number.POSITIVE_INFINITY, words)) ?? 0;
  const left: KilledOverApi[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await run(database, step, random.below(Math.ceil(wholeMs)), words);
    // A process that has just been started may still write its key, and takes it away at once.
    await sleep(SETTLE_MS);
    const until = performance.now() + TIDY_MS;
    while (seeKeys(keys.connection).length > 1 && performance.now() < until) await sleep(20);
    left.push({ keys: seeKeys(keys.connection), password: jellyfin.user('Boss').password });
  }
  return left;
}

const SETTLE_MS = 500;

/** Runs one, and kills it so long after it told of a step. Answers how long it took; undefined when it was killed. */
async function run(
  database: MadeDatabase,
  step: string,
  killAfterMs: number,
  more: readonly string[] = [],
): Promise<number | undefined> {
  const words = await rescueWords(database, ...more);
  const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let text = '';
  child.stderr.setEncoding('utf8');
  const begun = new Promise<void>((resolve) => {
    child.stderr.on('data', (chunk: string) => {
      text += chunk;
      if (text.includes(step)) resolve();
    });
  });
  await Promise.race([begun, ended]);
  const start = performance.now();
  if (killAfterMs !== Number.POSITIVE_INFINITY) {
    await Promise.race([sleep(killAfterMs), ended]);
    child.kill('SIGKILL');
  }
  const [code] = await ended;
  if (code !== null && code !== 0) throw new Error(`the rescue ended with ${code}: ${text}`);
  return code === null ? undefined : performance.now() - start;
}

/** Looks at a copy, so that the next rescue finds what this one left. */
function look(path: string): { person: SeenPerson; isSound: boolean } {
  const copy = join(dirname(dirname(dirname(path))), 'seen.db');
  for (const side of ['', '-wal', '-shm']) rmSync(copy + side, { force: true });
  copyFileSync(path, copy);
  try {
    copyFileSync(`${path}-wal`, `${copy}-wal`);
  } catch {
    // There is none.
  }
  const db = new DatabaseSync(copy);
  try {
    const isSound = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'] === 'ok';
    return { person: seePerson(db, 'Boss'), isSound };
  } finally {
    db.close();
  }
}
