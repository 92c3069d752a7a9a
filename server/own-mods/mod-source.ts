import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { isPathInside } from '../../injector/kit/file-option.ts';
import { MOD_YAML } from '../config/data-mods.ts';

/** What a mod that is added may have at most. */
export const MOD_SOURCE_LIMITS = {
  files: 300,
  /** Of one file. */
  bytes: 8 * 1024 * 1024,
  /** Of all files together. */
  bytesInAll: 64 * 1024 * 1024,
} as const;

/** Files of a mod by their path in its folder, with slashes. */
export type ModFiles = ReadonlyMap<string, Buffer>;

/**
 * Reads the files of a mod from a folder, or from a tar archive (`.tgz`, `.tar.gz`), of which one folder at the top is
 * taken off. Files whose name begins with a dot are left behind.
 *
 * @throws {Error} in a sentence when it is neither, has no `mod.yaml`, is too large, or holds anything but files and folders
 * that stay inside: a link is refused, as is a path that leads out.
 */
export async function readModSource(path: string): Promise<ModFiles> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Error(`${path} does not exist`);
  const kept = new KeptFiles(path);
  if (found.isDirectory()) await readFolder(path, kept);
  else if (/\.(?:tgz|tar\.gz)$/i.test(path) && found.isFile()) await readArchive(path, kept);
  else
    throw new Error(`${path} is no folder and no archive; name a folder with a ${MOD_YAML} in it, or a .tgz`);
  const files = withoutTopFolder(kept.files);
  if (!files.has(MOD_YAML))
    throw new Error(`${path} has no ${MOD_YAML}, neither at its top nor in one folder that holds everything`);
  return files;
}

/** What was read so far, held to the limits. */
class KeptFiles {
  readonly files = new Map<string, Buffer>();
  readonly #source: string;
  #bytes = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Where a file would be kept, undefined when it is left behind. @throws {Error} when it may not be there. */
  expect(path: string, size: number): string | undefined {
    const plain = path.replace(/^(?:\.\/)+/, '');
    if (!isPathInside(plain))
      throw this.refusal(path, 'leads out of its folder, or cannot be a name everywhere');
    if (plain.split('/').some((part) => part.startsWith('.'))) return undefined;
    if ([...this.files.keys()].some((other) => other.toLowerCase() === plain.toLowerCase()))
      throw this.refusal(path, 'is in it twice');
    const { files, bytes, bytesInAll } = MOD_SOURCE_LIMITS;
    if (size > bytes) throw this.refusal(path, `is larger than ${bytes / 1024 / 1024} MB`);
    this.#bytes += size;
    if (this.#bytes > bytesInAll)
      throw this.refusal(path, `makes it larger than ${bytesInAll / 1024 / 1024} MB`);
    if (this.files.size >= files) throw this.refusal(path, `is one of more than ${files} files`);
    return plain;
  }

  refusal(path: string, fault: string): Error {
    return new Error(`${this.#source} is not taken: ${JSON.stringify(path.slice(0, 200))} ${fault}`);
  }
}

async function readFolder(folder: string, kept: KeptFiles): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const full = join(entry.parentPath, entry.name);
    const path = relative(folder, full).split(sep).join('/');
    if (entry.isDirectory() || path.split('/').some((part) => part.startsWith('.'))) continue;
    if (!entry.isFile()) throw kept.refusal(path, 'is a link, or no regular file; put a file in its place');
    const place = kept.expect(path, (await stat(full)).size);
    if (place !== undefined) kept.files.set(place, await readFile(full));
  }
}

const FILE_TYPES: readonly string[] = ['File', 'OldFile', 'ContiguousFile'];

/** Nothing is written: entries go into memory, as many as the limits let. */
async function readArchive(path: string, kept: KeptFiles): Promise<void> {
  let refusal: Error | undefined;
  const refuse = (error: unknown) => {
    refusal ??= error instanceof Error ? error : new Error(String(error));
    parser.abort(refusal);
  };
  const unreadable = (error: unknown): string => {
    const detail = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return `${path} cannot be read as a .tgz (${detail}); make it anew, or name a folder`;
  };
  const take = (entry: ReadEntry): void => {
    try {
      if (entry.type === 'Directory' || refusal !== undefined) return void entry.resume();
      if (!FILE_TYPES.includes(entry.type)) throw kept.refusal(entry.path, 'is a link, or no regular file');
      const place = kept.expect(entry.path, entry.size);
      if (place === undefined) return void entry.resume();
      const chunks: Buffer[] = [];
      kept.files.set(place, Buffer.alloc(0));
      entry.on('data', (chunk) => void chunks.push(chunk));
      entry.on('end', () => void kept.files.set(place, Buffer.concat(chunks)));
    } catch (error) {
      entry.resume();
      refuse(error);
    }
  };
  const parser: Parser = new Parser({ strict: true, onReadEntry: take });
  parser.on('error', (error: unknown) => {
    refusal ??= new Error(unreadable(error));
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => refuse(kept.refusal(entry.path, 'is no regular file')));
  try {
    const ended = once(parser, 'end');
    ended.catch(() => undefined);
    for await (const chunk of createReadStream(path)) {
      if (refusal !== undefined) break;
      parser.write(chunk as Buffer);
    }
    parser.end();
    if (refusal === undefined) await ended;
  } catch (error) {
    throw refusal ?? new Error(unreadable(error));
  }
  if (refusal !== undefined) throw refusal;
}

function withoutTopFolder(files: ModFiles): ModFiles {
  const [first = ''] = files.keys();
  const top = `${first.split('/')[0]}/`;
  if (files.has(MOD_YAML) || ![...files.keys()].every((path) => path.startsWith(top))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(top.length), bytes]));
}
