import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { systemCode } from '../errors/system-code.ts';
import { isNetworkMount } from '../jellyfin/data-folder/find-data-folder.ts';
import { asOwner, type Owner } from './as-owner.ts';
import { RescueRefusal } from './refusal.ts';

/** Jellyfin's database as a file, before anything is opened with SQLite. */
export interface DatabaseFile {
  readonly path: string;
  /** Bytes of the file and of its log. */
  readonly size: number;
  /** Whether a log (`-wal`) stands beside it that has something in it. */
  readonly hasLog: boolean;
  /** Undefined where files have no owners (Windows). */
  readonly owner: Owner | undefined;
  /** Why it cannot be written, in a few words; undefined when it can. */
  readonly readOnlyBecause: string | undefined;
}

/**
 * Looks at the file and what is beside it. Reads no byte of it: closing it again would drop the locks of a Jellyfin in this very
 * process, and of nobody else.
 *
 * @throws {RescueRefusal} when it is no file, is on a network file system, has files of another owner beside it, or was left in the
 *   middle of a write.
 */
export async function examineFile(path: string): Promise<DatabaseFile> {
  const about = await stat(path).catch((error: unknown) => {
    throw new RescueRefusal(`${path} cannot be looked at (${systemCode(error)}).`, error);
  });
  if (!about.isFile()) throw new RescueRefusal(`${path} is no file; name jellyfin.db.`);
  if (await isNetworkMount(dirname(path)))
    throw new RescueRefusal(
      `${path} is on a network or FUSE file system, where locks cannot be trusted; run this on the machine that has the ` +
        'disk, with its path there, or take the way that only reads (--way pin --user NAME).',
    );
  const owner = process.getuid === undefined ? undefined : { uid: about.uid, gid: about.gid };
  refuseForeignOwner(path, owner);
  const log = await stat(`${path}-wal`).catch(() => undefined);
  for (const side of ['-wal', '-shm']) await refuseForeignSide(path, path + side, owner);
  const journal = await stat(`${path}-journal`).catch(() => undefined);
  if (journal !== undefined && journal.size > 0)
    throw new RescueRefusal(
      `${path}-journal is there: something died in the middle of a write. Start Jellyfin and stop it again, which mends that.`,
    );
  return {
    path,
    size: about.size + (log?.size ?? 0),
    hasLog: (log?.size ?? 0) > 0,
    owner,
    readOnlyBecause: await asOwner(owner, () => findReadOnly(path, owner)),
  };
}

/** Whoever writes as somebody else leaves files that Jellyfin cannot use. */
function refuseForeignOwner(path: string, owner: Owner | undefined): void {
  const self = process.geteuid?.();
  if (owner === undefined || self === 0 || self === owner.uid) return;
  throw new RescueRefusal(
    `${path} belongs to user ${owner.uid}, and this runs as user ${self}; run it as that user, or as root (sudo), which ` +
      'then works as that user; or take the way that only reads (--way pin --user NAME).',
  );
}

async function refuseForeignSide(path: string, side: string, owner: Owner | undefined): Promise<void> {
  const about = await stat(side).catch(() => undefined);
  if (about === undefined || owner === undefined || about.uid === owner.uid) return;
  throw new RescueRefusal(
    `${side} belongs to user ${about.uid} and ${basename(path)} to user ${owner.uid}, so that Jellyfin cannot use it; stop ` +
      `Jellyfin, and run: chown ${owner.uid}:${owner.gid} '${side}'`,
  );
}

/** Run as the owner: `access` would ask for root. */
async function findReadOnly(path: string, owner: Owner | undefined): Promise<string | undefined> {
  try {
    // No byte is read or written; a lock of another process is not touched by this.
    await (await open(path, 'r+')).close();
  } catch (error) {
    return systemCode(error) === 'EROFS' ? 'its disk is mounted read-only' : 'it may not be written';
  }
  if (owner === undefined) return undefined;
  const folder = await stat(dirname(path));
  const mode = folder.mode >> (folder.uid === owner.uid ? 6 : folder.gid === owner.gid ? 3 : 0);
  return owner.uid === 0 || (mode & 0o2) !== 0 ? undefined : `its owner may not write to ${dirname(path)}`;
}
