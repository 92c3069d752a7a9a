import { dirname, resolve } from 'node:path';
import type { DataFolderPlace, DataFolderSetting } from '../config/data-folder-places.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import { createKeylessApi } from '../jellyfin/data-folder/keyless-api.ts';
import { type ChosenWay, chooseWay, type Way } from './choose-way.ts';
import { type DatabaseFile, examineFile } from './database-file.ts';
import { type FoundDatabase, findDatabase } from './find-database.ts';
import { type Person, readPeople } from './people.ts';
import { readDatabase } from './read-database.ts';
import { RescueRefusal } from './refusal.ts';
import { readSchema, type Schema } from './schema.ts';
import { seeServer } from './server-state.ts';

/** What an administrator says before anything is looked at. */
export interface RescueWish {
  /** The database or the data folder; undefined to look for it. */
  readonly database: string | undefined;
  /** Address of Jellyfin. */
  readonly url: string;
  readonly way: Way | undefined;
  /** That Jellyfin is stopped, though it cannot be seen. */
  readonly isSaidStopped: boolean;
  /** Whether it may be stopped and started. */
  readonly mayStop: boolean;
  /** Data folders of all ways to install Jellyfin. */
  readonly places: readonly DataFolderPlace[];
}

/** What there is, and what can be done. Nothing was changed. */
export interface Surroundings {
  readonly way: ChosenWay;
  readonly url: string;
  /** How the database was found; undefined without one. */
  readonly install: string | undefined;
  /** Undefined where only a PIN file is asked for and there is no database to look at. */
  readonly file: DatabaseFile | undefined;
  /** Undefined while the database may not be read. */
  readonly content: { readonly schema: Schema; readonly people: readonly Person[] } | undefined;
  /** Where Jellyfin writes PIN files. */
  readonly dataFolder: DataFolderSetting;
}

/** How long a Jellyfin may take to answer, in milliseconds. */
const ANSWER_MS = 5_000;

/**
 * Finds the database, sees whether Jellyfin runs, and chooses the gentlest way; reads the database where it may be read.
 *
 * @throws {RescueRefusal} when there is none, with what is in the way.
 */
export async function lookAround(wish: RescueWish): Promise<Surroundings> {
  const { url, places } = wish;
  const found = await findDatabase({ named: wish.database, places }).catch(unlessPin(wish));
  const file = found === undefined ? undefined : await examineFile(found.path).catch(unlessPin(wish));
  const state = file === undefined ? ({ kind: 'unseen' } as const) : await seeServer(file.path);
  const way = chooseWay({
    path: file?.path ?? '',
    state,
    readOnlyBecause: file?.readOnlyBecause,
    answers: await isAnswering(url),
    address: url,
    isSaidStopped: wish.isSaidStopped,
    mayStop: wish.mayStop,
    wanted: wish.way,
  });
  const content =
    file === undefined || !way.mayRead
      ? undefined
      : await readContent(file, state.kind === 'running').catch(unlessPin(wish));
  return { way, url, file, content, dataFolder: dataFolderOf(wish, found), install: found?.install };
}

/** Reads what is needed of a database. @param isRunning As for `readDatabase`. @throws {RescueRefusal} */
export async function readContent(
  file: DatabaseFile,
  isRunning: boolean,
): Promise<{ readonly schema: Schema; readonly people: readonly Person[] }> {
  return await readDatabase(file, isRunning, (db) => ({
    schema: readSchema(db, file.path),
    people: readPeople(db),
  }));
}

/** The folder that the database is in, and where there is none to be seen the one that was named, or any there can be. */
function dataFolderOf({ database, places }: RescueWish, found: FoundDatabase | undefined): DataFolderSetting {
  if (found !== undefined)
    return {
      isAuto: true,
      places: [{ path: dirname(dirname(found.path)), install: found.install }, ...places],
    };
  if (database !== undefined)
    return { isAuto: false, places: [{ path: resolve(database), install: 'named by you' }] };
  return { isAuto: true, places };
}

/** Whether a Jellyfin that is ready answers there. */
export async function isAnswering(url: string): Promise<boolean> {
  const api = createKeylessApi({
    url,
    deviceId: 'gatehouse-rescue',
    version: PROGRAM_VERSION,
    timeoutMs: ANSWER_MS,
  });
  return await api.publicInfo().then(
    () => true,
    () => false,
  );
}

/** A PIN file needs no database. */
function unlessPin({ way }: RescueWish): (error: unknown) => undefined {
  return (error) => {
    if (way === 'pin' && error instanceof RescueRefusal) return undefined;
    throw error;
  };
}
