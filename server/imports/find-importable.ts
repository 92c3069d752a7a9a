import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors/system-code.ts';
import { hostPathOf } from '../machine/host-path.ts';
import { findOpenFiles, isProcessNamed } from '../machine/process-table.ts';
import { type ImportPlaces, importPlaces, placesInHome } from './import-places.ts';
import {
  type Importable,
  isWizarrPath,
  type Recognised,
  RUNNING_JFA_GO,
  recogniseFolder,
} from './recognise-folder.ts';

/** How long is looked altogether, in milliseconds; what was found by then is told. */
export const LOOK_MS = 5_000;

/** Most entries of a folder that are looked at. */
export const MOST_ENTRIES = 1_000;

/** What was found, the likeliest first. */
export interface Importables {
  readonly found: readonly Importable[];
  /** Where more may be that this user may not look at. */
  readonly closed: readonly string[];
  /** What processes have open in a container from which no path leads here. */
  readonly hidden: readonly string[];
  /** Whether everything was looked at in time. */
  readonly isWhole: boolean;
}

/** What a folder is called that belongs to one of the programs. */
const CALLED = /seerr|wizarr|jfa-?go/i;

/** Where in its folder a program may have its data: `appdata` and `_data` are those of containers. */
const INSIDE = ['', 'config', 'data', 'appdata', 'appdata/config', 'app/config', 'common', '_data'];

/**
 * Looks on this machine for what contacts can be imported from: what programs have open that run, and the places that are usual.
 * Only looks: nothing is written or locked, and of databases the first 16 bytes are read. Symbolic links are followed.
 *
 * @param limitMs Default {@link LOOK_MS}.
 * @returns Never rejects: what cannot be looked at is left out, or told as closed.
 */
export async function findImportable(places: ImportPlaces, limitMs: number = LOOK_MS): Promise<Importables> {
  const found = new Map<string, Importable>();
  const closed = new Set<string>();
  const hidden: string[] = [];
  const over = new AbortController();
  const keep = ({ found: some, isClosed }: Recognised, folder: string): void => {
    if (over.signal.aborted) return;
    for (const one of some) if (!found.has(one.place)) found.set(one.place, one);
    if (isClosed) closed.add(folder);
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  const look: Look = {
    ...{ keep, signal: over.signal },
    close: (folder) => void closed.add(folder),
    hide: (what) => void hidden.push(what),
  };
  const looking = Promise.all([lookAtProcesses(look), lookAtPlaces(places, look)]);
  const isWhole = await Promise.race([
    looking.then(
      () => true,
      () => false,
    ),
    late,
  ]);
  over.abort();
  clearTimeout(timer);
  const outermost = [...closed].filter((one) => ![...closed].some((other) => one.startsWith(`${other}/`)));
  return { found: [...found.values()], closed: outermost, hidden: [...hidden], isWhole };
}

/** Looks in the usual places of the machine and the user that we run on, as `findImportable` does. */
export async function findImportableHere(): Promise<Importables> {
  const { env: environment, platform } = process;
  return await findImportable(importPlaces({ environment, platform, home: homedir() }));
}

interface Look {
  keep(recognised: Recognised, folder: string): void;
  close(folder: string): void;
  hide(what: string): void;
  readonly signal: AbortSignal;
}

async function lookAtProcesses(look: Look): Promise<void> {
  for (const file of await findOpenFiles(['db.sqlite3', 'database.db'])) {
    if (look.signal.aborted) return;
    if (basename(file.path) === 'database.db' && !isWizarrPath(file.path)) continue;
    const path = await hostPathOf(file);
    if (path === undefined) {
      look.hide(`${file.path} of process ${file.pid}`);
      continue;
    }
    for (const folder of [dirname(dirname(path)), dirname(path)])
      look.keep(await recogniseFolder(folder), folder);
  }
  if (await isProcessNamed('jfa-go')) look.keep({ found: [RUNNING_JFA_GO], isClosed: false }, '');
}

async function lookAtPlaces({ shelves, volumes, homes }: ImportPlaces, look: Look): Promise<void> {
  const people = (await Promise.all(homes.map((folder) => entriesOf(folder, look)))).flat().map(placesInHome);
  const all = {
    shelves: [...shelves, ...people.flatMap((one) => one.shelves)],
    volumes: [...volumes, ...people.flatMap((one) => one.volumes)],
  };
  for (const shelf of new Set(all.shelves)) {
    const named = (await entriesOf(shelf, look)).filter((entry) => CALLED.test(basename(entry)));
    for (const folder of named) await lookInside(folder, INSIDE, look);
  }
  for (const place of new Set(all.volumes))
    for (const volume of await entriesOf(place, look)) await lookInside(volume, ['_data'], look);
}

async function lookInside(folder: string, inside: readonly string[], look: Look): Promise<void> {
  for (const place of inside) {
    if (look.signal.aborted) return;
    const path = join(folder, place);
    look.keep(await recogniseFolder(path), path);
  }
}

async function entriesOf(folder: string, look: Look): Promise<string[]> {
  if (look.signal.aborted) return [];
  try {
    return (await readdir(folder)).slice(0, MOST_ENTRIES).map((name) => join(folder, name));
  } catch (error) {
    if (systemCode(error) === 'EACCES') look.close(folder);
    return [];
  }
}
