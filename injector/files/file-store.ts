import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Fetched files on the disk, each by its SHA-256; so several processes may write it at once. */
export interface FileStore {
  /** The bytes; undefined when there are none, or others by now. Never throws. */
  get(sha256: string): Promise<Buffer | undefined>;
  /** @throws the system's error when it cannot be kept. */
  put(bytes: Buffer): Promise<void>;
  /** Removes all others. Never throws. */
  keepOnly(sha256s: ReadonlySet<string>): Promise<void>;
}

/** SHA-256 in hexadecimal. */
export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Our files, finished or not, so that nothing else in the folder is ever touched. */
const NAME = /^([0-9a-f]{64})\.file(?:\.[0-9a-f]{12})?$/;

/** Makes the store in a folder, which is made (mode 0700) when something is put into it. */
export function createFileStore(folder: string): FileStore {
  const pathOf = (sha256: string): string => join(folder, `${sha256}.file`);
  return {
    async get(sha256) {
      const bytes = await readFile(pathOf(sha256)).catch(() => undefined);
      return bytes !== undefined && sha256Of(bytes) === sha256 ? bytes : undefined;
    },
    async put(bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = pathOf(sha256Of(bytes));
      const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
      try {
        await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx' });
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => undefined);
        throw error;
      }
    },
    async keepOnly(sha256s) {
      const names = await readdir(folder).catch(() => []);
      const others = names.filter((name) => !sha256s.has(NAME.exec(name)?.[1] ?? '') && NAME.test(name));
      for (const name of others) await rm(join(folder, name), { force: true }).catch(() => undefined);
    },
  };
}
