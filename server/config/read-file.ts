import { readFile, stat } from 'node:fs/promises';

/** Text of a file, or the sentence that says why there is none. */
export type ReadOutcome = { readonly text: string } | { readonly fault: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; make it, or name another one with --config',
  ENOTDIR: 'does not exist: a part of its path is not a folder',
  EACCES: 'may not be read by this user; change its owner or mode',
  EPERM: 'may not be read by this user; change its owner or mode',
  ELOOP: 'is a symbolic link that leads in a circle',
};

/**
 * Reads a text file whole. Never throws. A byte order mark is dropped.
 *
 * @param maxBytes A larger file is refused.
 */
export async function readText(path: string, maxBytes: number): Promise<ReadOutcome> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { fault: 'is a folder; name the file in it' };
    if (!found.isFile()) return { fault: 'is not a regular file' };
    if (found.size > maxBytes)
      return { fault: `is larger than ${maxBytes / 1024} KiB; is this the right file?` };
    return decode(await readFile(path));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { fault: REASONS[code] ?? `cannot be read (${code})` };
  }
}

function decode(bytes: Buffer): ReadOutcome {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { fault: 'is saved as UTF-16; save it as UTF-8' };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { fault: 'is not text in UTF-8; save it as UTF-8' };
  }
}
