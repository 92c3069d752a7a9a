import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors/system-code.ts';
import { shellWord } from '../machine/shell-word.ts';

/** Contacts that can be imported, and how. */
export interface Importable {
  /** For people, such as `Wizarr`. */
  readonly program: string;
  /** As `contacts import` calls it, and its place. */
  readonly source: string;
  readonly place: string;
  /** Options that belong to it; a value in capitals is to be filled in. */
  readonly options: readonly string[];
  /** What to know of it, one sentence without its full stop; undefined where there is nothing. */
  readonly note?: string | undefined;
}

/** Writes the command that shows what would be imported from there, ready to be typed. */
export function importCommandOf({ source, place, options }: Importable): string {
  return ['gatehouse contacts import', ...[source, place, ...options].map(shellWord)].join(' ');
}

/** What a folder holds; `isClosed` where it may not be looked at. */
export interface Recognised {
  readonly found: readonly Importable[];
  readonly isClosed: boolean;
}

/** Most that is read of the settings of Seerr, in bytes: a real one has 10 KiB. */
const MOST_SETTINGS = 1024 * 1024;

/** How SQLite's files begin. Source: sqlite.org/fileformat.html, 1.3. */
const MAGIC = 'SQLite format 3\0';

const SEERR = 'Seerr or Jellyseerr';

/** Where a jfa-go on this machine answers when nothing else is set. Source: jfa-go, config-base.yaml, `ui`. */
const JFA_GO_ADDRESS = 'http://127.0.0.1:8056';

/** Where a Seerr does. Source: Seerr, docs/getting-started. */
const SEERR_ADDRESS = 'http://127.0.0.1:5055';

/** A jfa-go that runs: it has to be asked, since 0.5 only it can read what it keeps. */
export const RUNNING_JFA_GO: Importable = {
  ...{ program: 'jfa-go', source: 'jfa-go', place: JFA_GO_ADDRESS, options: ['--user', 'ADMIN'] },
  note: 'it has to run; ADMIN is an administrator of it, and the address is the usual one, so put its own there',
};

/** Looks what of the programs a folder holds that one of them would have its data in. Reads a few files of it; never rejects. */
export async function recogniseFolder(folder: string): Promise<Recognised> {
  const looks = await Promise.all([seerrIn(folder), wizarrIn(folder), jfaGoIn(folder)]);
  return {
    found: looks.flatMap((one) => (typeof one === 'object' ? [one] : [])),
    isClosed: looks.includes('closed'),
  };
}

/** Whether a path can be that of Wizarr's database: others call theirs so too. */
export function isWizarrPath(path: string): boolean {
  return /wizarr/i.test(path) || path.endsWith('/database/database.db');
}

type Look = Importable | 'closed' | undefined;

/** Django calls its database so too, and an Overseerr knows nothing of Jellyfin: its settings tell. */
async function seerrIn(folder: string): Promise<Look> {
  const settings = await beginningOf(join(folder, 'settings.json'), MOST_SETTINGS);
  if (settings === undefined || settings === 'closed') return settings;
  if (!namesJellyfin(settings)) return undefined;
  const database = join(folder, 'db/db.sqlite3');
  const kind = await isDatabase(database);
  if (kind === 'closed') return 'closed';
  if (kind) return { program: SEERR, source: 'seerr', place: database, options: [] };
  return {
    ...{ program: SEERR, source: 'seerr', place: SEERR_ADDRESS, options: [] },
    note: `${folder} has its settings and no database, so that is in PostgreSQL; it has to run, and the address is the usual one, so put its own there`,
  };
}

function namesJellyfin(settings: string): boolean {
  try {
    const read: unknown = JSON.parse(settings);
    return typeof read === 'object' && read !== null && 'jellyfin' in read && 'main' in read;
  } catch {
    return false;
  }
}

async function wizarrIn(folder: string): Promise<Look> {
  for (const database of [join(folder, 'database/database.db'), join(folder, 'database.db')]) {
    if (!isWizarrPath(database)) continue;
    const kind = await isDatabase(database);
    if (kind === 'closed') return 'closed';
    if (kind) return { program: 'Wizarr', source: 'wizarr', place: database, options: [] };
  }
  return undefined;
}

/** Since 0.5 it keeps a folder of Badger, and leaves the files as they were. */
async function jfaGoIn(folder: string): Promise<Look> {
  const settings = await beginningOf(join(folder, 'config.ini'), 1);
  if (settings === undefined || settings === 'closed') return settings;
  if ((await beginningOf(join(folder, 'db/MANIFEST'), 1)) !== undefined) return RUNNING_JFA_GO;
  const people = await beginningOf(join(folder, 'emails.json'), 1);
  if (people === undefined || people === 'closed') return people;
  return { program: 'jfa-go', source: 'jfa-go', place: folder, options: [] };
}

async function isDatabase(path: string): Promise<boolean | 'closed'> {
  const head = await beginningOf(path, MAGIC.length);
  return head === 'closed' ? head : head === MAGIC;
}

/** The first bytes of a file; undefined where there is none. */
async function beginningOf(path: string, most: number): Promise<string | 'closed' | undefined> {
  try {
    const file = await open(path, 'r');
    try {
      if (!(await file.stat()).isFile()) return undefined;
      const { bytesRead, buffer } = await file.read(Buffer.alloc(most), 0, most, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = systemCode(error);
    return code === 'EACCES' || code === 'EPERM' ? 'closed' : undefined;
  }
}
