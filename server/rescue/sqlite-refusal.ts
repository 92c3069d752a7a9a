import { systemCode } from '../errors/system-code.ts';
import { RescueRefusal } from './refusal.ts';

/** SQLite's primary result codes, as they are met here. Source: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const READ_ONLY = 8;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NO_DATABASE = 26;

/** Turns what SQLite or the file system threw into a refusal that says what to do; other errors stay as they are. */
export function toRefusal(error: unknown, path: string): unknown {
  if (error instanceof RescueRefusal || !(error instanceof Error)) return error;
  // Extended codes carry the primary one in their low byte.
  const result = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
  switch (result) {
    case BUSY:
      return new RescueRefusal(
        `${path} is held by another process; stop Jellyfin, and whatever else has it open, and try again.`,
        error,
      );
    case CORRUPT:
    case NO_DATABASE:
      return damaged(path, error.message, error);
    case READ_ONLY:
    case CANNOT_OPEN:
      return new RescueRefusal(`${path} cannot be opened; look at the rights on it and its folder.`, error);
    case FULL:
      return fullDisk(path, error);
    default:
      return ofSystem(error, path);
  }
}

function ofSystem(error: Error, path: string): Error {
  const code = systemCode(error) ?? '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) return fullDisk(path, error);
  if (!['EACCES', 'EPERM', 'EROFS'].includes(code)) return error;
  const says = `${path} cannot be written (${code}); whoever owns the database must be able to.`;
  return new RescueRefusal(says, error);
}

/** The file has pages that contradict each other; writing on would make it worse. */
export function damaged(path: string, how: string, cause?: unknown): RescueRefusal {
  return new RescueRefusal(
    `${path} is damaged (${how.replace(/\s+/g, ' ').trim()}) and is left alone; put a backup of Jellyfin's in its place.`,
    cause,
  );
}

function fullDisk(path: string, cause: unknown): RescueRefusal {
  return new RescueRefusal(`${path} cannot be written: its disk is full; free some space.`, cause);
}
