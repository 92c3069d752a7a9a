import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DataFolderPlace } from '../config/data-folder-places.ts';
import { systemCode } from '../errors/system-code.ts';
import { hostPathOf } from '../machine/host-path.ts';
import { findOpenFiles } from '../machine/process-table.ts';
import { refuseOtherDatabase } from './database-settings.ts';
import { RescueRefusal } from './refusal.ts';

const NAME = 'jellyfin.db';

/** Where Jellyfin's database is. */
export interface FoundDatabase {
  /** With no link in it. */
  readonly path: string;
  /** How it was found, for people, such as `Debian, Ubuntu, Fedora, Arch`. */
  readonly install: string;
}

/** Where to look. */
export interface DatabaseSearch {
  /** What the administrator names: the file, or Jellyfin's data folder. Then nothing else is looked at. */
  readonly named: string | undefined;
  /** Data folders of all ways to install Jellyfin. */
  readonly places: readonly DataFolderPlace[];
}

/**
 * Finds `jellyfin.db`: the one that is named, else the one that a process has open, else one where some way of installing
 * Jellyfin has it.
 *
 * @throws {RescueRefusal} when there is none, or more than one.
 */
export async function findDatabase({ named, places }: DatabaseSearch): Promise<FoundDatabase> {
  if (named !== undefined) return { path: await findNamed(named), install: 'named by you' };
  const open = await findOpen();
  if (open.length > 0) return onlyOne(open);
  const found: FoundDatabase[] = [];
  const closed: string[] = [];
  for (const { path: folder, install } of places) {
    const path = join(folder, 'data', NAME);
    const outcome = await look(path);
    if (outcome === 'file') found.push({ path: await realpath(path), install });
    else if (outcome === 'closed') closed.push(path);
  }
  if (found.length > 0) {
    const only = onlyOne(found);
    await refuseOtherDatabase(dirname(dirname(only.path)));
    return only;
  }
  if (closed.length > 0)
    throw new RescueRefusal(
      `${closed.join(' and ')} may not be looked at; run this as the user Jellyfin runs as, or as root (sudo).`,
    );
  const tried = places.map(({ path }) => join(path, 'data', NAME)).join(', ');
  throw new RescueRefusal(
    `No process has ${NAME} open, and it is in none of ${tried}; name it with --database FILE.`,
  );
}

/** The databases that processes have open, each once. @throws {RescueRefusal} when one has no path from here. */
async function findOpen(): Promise<FoundDatabase[]> {
  const found: FoundDatabase[] = [];
  for (const open of await findOpenFiles([NAME])) {
    const path = await hostPathOf(open);
    if (path === undefined)
      throw new RescueRefusal(
        `Process ${open.pid} has ${open.path} open, in a container from which no path leads here; ` +
          'name the file as this machine has it, with --database FILE, or run this inside the container.',
      );
    if (!found.some((other) => other.path === path))
      found.push({ path, install: `open in process ${open.pid}` });
  }
  return found;
}

function onlyOne(found: readonly FoundDatabase[]): FoundDatabase {
  const [first, ...others] = found.filter(
    ({ path }, index) => found.findIndex((other) => other.path === path) === index,
  );
  if (first !== undefined && others.length === 0) return first;
  const list = found.map(({ path, install }) => `${path} (${install})`).join(', ');
  throw new RescueRefusal(`There is more than one: ${list}; name the one you mean with --database FILE.`);
}

async function findNamed(named: string): Promise<string> {
  const path = resolve(named);
  for (const candidate of [path, join(path, 'data', NAME), join(path, NAME)]) {
    if ((await look(candidate)) === 'file') return await realpath(candidate);
  }
  throw new RescueRefusal(`${path} is no file, and no folder with a ${NAME} in it; look for ${NAME}.`);
}

async function look(path: string): Promise<'file' | 'closed' | 'missing'> {
  try {
    return (await stat(path)).isFile() ? 'file' : 'missing';
  } catch (error) {
    return systemCode(error) === 'EACCES' ? 'closed' : 'missing';
  }
}
