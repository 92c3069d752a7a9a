import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { systemCode } from '../errors/system-code.ts';

/** A file that is written and not yet in its place, so that it can be tried first. */
export interface Draft {
  /** In the folder of the file it is for, so that relative paths in it mean the same. */
  readonly path: string;
  /** Puts it in the place of the file, all at once. */
  putInPlace(): Promise<void>;
  /** Idempotent; does nothing once it is in place. */
  discard(): Promise<void>;
}

/** For its owner alone. */
const OWNER_ONLY = 0o600;

/** What a group may keep of the rights it had; others never had a right to read secrets. */
const OWNER_AND_GROUP = 0o660;

/**
 * Writes a draft. A new file is for its owner alone (mode 0600) and belongs, where the superuser writes, to the owner of the folder;
 * one that is there keeps its owner and group, and loses what others may do with it. A symbolic link stays one.
 *
 * @throws {Error} of the system, when the folder may not be written to.
 */
export async function writeDraft(file: string, text: string): Promise<Draft> {
  const target = await realpath(file).catch(() => file);
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const there = await stat(target).catch(() => undefined);
  const owner = there ?? (await stat(folder));
  const handle = await open(path, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(text);
    await handle.chmod(there === undefined ? OWNER_ONLY : (there.mode & OWNER_AND_GROUP) | OWNER_ONLY);
    await handle.sync();
  } finally {
    await handle.close();
  }
  // Only the superuser may give files away; for anybody else it is theirs already, or stays theirs.
  if (process.getuid?.() === 0) await chown(path, owner.uid, owner.gid);
  let isInPlace = false;
  return {
    path,
    async putInPlace() {
      try {
        await rename(path, target);
      } catch (error) {
        if (systemCode(error) !== 'EBUSY') throw error;
        // A file that was mounted into a container by itself can only be written where it is.
        await writeFile(target, text);
        await rm(path, { force: true });
      }
      isInPlace = true;
    },
    async discard() {
      if (!isInPlace) await rm(path, { force: true });
    },
  };
}
