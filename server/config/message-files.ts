import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { readText } from './files.ts';
import { USUAL_MESSAGES_FOLDER } from './sections/messages.ts';

/** Words of messages as an admin has written them. */
export interface MessageFiles {
  /** Absolute path. */
  readonly folder: string;
  /** Whether the configuration names another than the usual one, which need not be there. */
  readonly isNamed: boolean;
  /** What stands in the folder, in the order of the names. */
  readonly files: readonly { readonly name: string; readonly file: string; readonly text: string }[];
  /** Why something cannot be read, as a sentence; what can be read is used. */
  readonly fault?: string;
}

/** Largest file of templates, in bytes; ours have under 8,000. */
const MAX_BYTES = 256 * 1024;

/** Most files that are read. */
const MAX_FILES = 100;

/** Where the files are, before they are read. @param folder What a relative path begins at. */
export function placeOfMessages(named: string, folder: string): MessageFiles {
  return { folder: resolve(folder, named), isNamed: named !== USUAL_MESSAGES_FOLDER, files: [] };
}

/**
 * Reads the files of a folder of messages. What cannot be read is told and left out; never throws.
 *
 * @param configFile Absolute path; files are told as seen from there.
 */
export async function readMessageFiles(
  { folder, isNamed }: MessageFiles,
  configFile: string,
): Promise<MessageFiles> {
  const told = (path: string) => relative(dirname(configFile), path) || path;
  let names: readonly string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNamed) return { folder, isNamed, files: [] };
    return {
      folder,
      isNamed,
      files: [],
      fault: `${told(folder)} cannot be read (${code}); see messages.folder`,
    };
  }
  const faults = names.length > MAX_FILES ? [`${told(folder)} has more than ${MAX_FILES} files`] : [];
  const files: MessageFiles['files'][number][] = [];
  for (const name of names.slice(0, MAX_FILES)) {
    const path = join(folder, name);
    const read = await readText(path, MAX_BYTES);
    if ('fault' in read) faults.push(`${told(path)} ${read.fault}`);
    else files.push({ name, file: told(path), text: read.text });
  }
  return { folder, isNamed, files, ...(faults.length === 0 ? {} : { fault: faults.join('; ') }) };
}
