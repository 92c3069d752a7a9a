import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { systemCode } from '../../errors/system-code.ts';
import { type ParsedPinFile, parsePinFile } from './parse-pin-file.ts';

/** Most bytes of a PIN file; Jellyfin writes about 200. */
const MAX_BYTES = 16 * 1024;

/** Most files that are read of one folder. */
const MAX_FILES = 1_000;

/** Never wait for a pipe somebody put there, and follow nothing out of the folder. Neither exists on Windows. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Who owns a file, and what may be done with it. */
export interface FileRights {
  readonly ownerId: number;
  /** Permission bits only; 0 on Windows. */
  readonly mode: number;
}

/** What one PIN file turned out to be. */
export type PinFile = { readonly path: string } & (
  | (ParsedPinFile & { readonly rights: FileRights })
  /** Not a plain file, or too large. `isInTheWay` as of what was read: Jellyfin fails on it. */
  | { readonly kind: 'unusable'; readonly fault: 'not-a-file' | 'too-large'; readonly isInTheWay: true }
  | { readonly kind: 'gone' }
  /** `code` as of the system; EBUSY and EPERM while Jellyfin writes it, on Windows. */
  | { readonly kind: 'unreadable'; readonly code: string }
);

/** The permission bits of a mode; none on Windows, which has others and makes these up. */
export function permissionsOf(mode: number): number {
  return platform() === 'win32' ? 0 : mode & 0o7777;
}

/** Whether Jellyfin takes a file of that name for a PIN file: any that begins like one, whatever its end. */
export function isPinFileName(name: string): boolean {
  return name.toLowerCase().startsWith('passwordreset');
}

/** Reads one PIN file. Never throws. */
export async function readPinFile(path: string): Promise<PinFile> {
  try {
    await using file = await open(path, FLAGS);
    const stat = await file.stat();
    const beside = { path, kind: 'unusable', isInTheWay: true } as const;
    if (!stat.isFile()) return { ...beside, fault: 'not-a-file' };
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(MAX_BYTES + 1) });
    if (bytesRead > MAX_BYTES) return { ...beside, fault: 'too-large' };
    const rights = { ownerId: stat.uid, mode: permissionsOf(stat.mode) };
    return { path, rights, ...parsePinFile(buffer.toString('utf8', 0, bytesRead)) };
  } catch (error) {
    const code = systemCode(error) ?? 'UNKNOWN';
    if (code === 'ENOENT') return { path, kind: 'gone' };
    if (code === 'ELOOP') return { path, kind: 'unusable', fault: 'not-a-file', isInTheWay: true };
    return { path, kind: 'unreadable', code };
  }
}

/**
 * Reads all PIN files of Jellyfin's data folder, in the order of their names.
 *
 * @throws {Error} with a `code` when the folder cannot be listed.
 */
export async function readPinFiles(folder: string): Promise<readonly PinFile[]> {
  const names = (await readdir(folder)).filter(isPinFileName).sort().slice(0, MAX_FILES);
  const files: PinFile[] = [];
  for (const name of names) files.push(await readPinFile(join(folder, name)));
  return files.filter(({ kind }) => kind !== 'gone');
}
