import { constants } from 'node:fs';
import { access, readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolderPlace, DataFolderSetting } from '../../config/data-folder-places.ts';
import { systemCode } from '../../errors/system-code.ts';
import { isPinFileName, permissionsOf } from './pin-file.ts';

/** A place where it is not. */
export interface TriedPlace extends DataFolderPlace {
  readonly why: 'missing' | 'not a folder' | 'may not be read' | 'not of Jellyfin';
}

/** Jellyfin's data folder, and what can be said of it. */
export interface DataFolder extends DataFolderPlace {
  /** Whether it holds what Jellyfin keeps there. */
  readonly isOfJellyfin: boolean;
  /** Not needed, and better not so: whoever may write PIN files owns every account. */
  readonly mayWrite: boolean;
  readonly ownerId: number;
  /** Permission bits only; 0 on Windows. */
  readonly mode: number;
  /** No news of changes by others come from such a mount, so it is looked at again and again. */
  readonly isNetworkMount: boolean;
}

/** What came of the search. */
export type DataFolderFinding =
  | { readonly kind: 'found'; readonly folder: DataFolder }
  | { readonly kind: 'not-found'; readonly tried: readonly TriedPlace[] };

/** NFS, SMB, CIFS, SMB2, 9P, FUSE (sshfs, virtiofs, Docker Desktop), Ceph, AFS, VirtualBox. Source: statfs(2). */
const NETWORK_TYPES = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x00c36400, 0x5346414f, 0x786f4256,
]);

/** Finds the data folder; of several places the first that looks like one. Never throws. */
export async function findDataFolder({ isAuto, places }: DataFolderSetting): Promise<DataFolderFinding> {
  const tried: TriedPlace[] = [];
  for (const place of places) {
    const seen = await look(place);
    if ('why' in seen) tried.push(seen);
    else if (isAuto && !seen.isOfJellyfin) tried.push({ ...place, why: 'not of Jellyfin' });
    else return { kind: 'found', folder: seen };
  }
  return { kind: 'not-found', tried };
}

/** The search in one sentence, with every place and why it is not there. */
export function explainNotFound(tried: readonly TriedPlace[]): string {
  const list = tried.map(({ path, why }) => `${path} (${why})`).join(', ');
  return `Jellyfin's data folder was not found; tried ${list}.`;
}

async function look(place: DataFolderPlace): Promise<DataFolder | TriedPlace> {
  const { path } = place;
  try {
    const about = await stat(path);
    if (!about.isDirectory()) return { ...place, why: 'not a folder' };
    const names = await readdir(path);
    return {
      ...place,
      isOfJellyfin: await isOfJellyfin(path, names),
      mayWrite: await isAllowed(path, constants.W_OK),
      ownerId: about.uid,
      mode: permissionsOf(about.mode),
      isNetworkMount: await isNetworkMount(path),
    };
  } catch (error) {
    const code = systemCode(error);
    return { ...place, why: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'may not be read' };
  }
}

async function isOfJellyfin(path: string, names: readonly string[]): Promise<boolean> {
  if (names.some(isPinFileName) || (names.includes('root') && names.includes('plugins'))) return true;
  // Since 10.8 at the latest every version has this one; the folder named `data` in it may be closed to us.
  return isAllowed(join(path, 'data', 'jellyfin.db'), constants.F_OK);
}

/** Whether a folder is on a file system of another machine, or one that a program plays (FUSE). */
export async function isNetworkMount(path: string): Promise<boolean> {
  if (path.startsWith('\\\\')) return true;
  const type = await statfs(path).then(
    (found) => found.type,
    () => 0,
  );
  return NETWORK_TYPES.has(type >>> 0);
}

function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
