import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { isPathInside } from '../../injector/kit/file-option.ts';
import { MAX_MOD_YAML_BYTES, MOD_YAML } from '../config/data-mods.ts';
import { systemCode } from '../errors/system-code.ts';

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

/** Where a mod comes from: the path of a folder or of a `.tgz`, or an archive that was fetched. */
export type ModSource = string | { readonly address: string; readonly bytes: Buffer };

/**
 * Reads the files of a mod from a folder, or from a tar archive that is compressed by gzip, of which one folder at the top is
 * taken off. Files whose name begins with a dot are left behind.
 *
 * @throws {Error} in a sentence when it is neither, has no `mod.yaml`, is too large, or holds anything but files and folders
 * that stay inside: a link is refused, as is a path that leads out.
 */
export async function readModSource(source: ModSource): Promise<ModFiles> {
  const name = typeof source === 'string' ? source : source.address;
  const kept = new KeptFiles(name);
  if (typeof source === 'string') await readPath(source, kept);
  else await readArchive(name, source.bytes, kept);
  const files = withoutTopFolder(kept.files);
  const yaml = files.get(MOD_YAML);
  if (yaml === undefined)
    throw new Error(`${name} has no ${MOD_YAML}, neither at its top nor in one folder that holds everything`);
  if (yaml.length > MAX_MOD_YAML_BYTES)
    throw kept.refusal(MOD_YAML, `is larger than ${MAX_MOD_YAML_BYTES / 1024} kB`);
  return files;
}

async function readPath(path: string, kept: KeptFiles): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Error(`${path} does not exist`);
  if (found.isDirectory()) return await readFolder(path, kept);
  if (!/\.(?:tgz|tar\.gz)$/i.test(path) || !found.isFile())
    throw new Error(`${path} is no folder and no archive; name a folder with a ${MOD_YAML} in it, or a .tgz`);
  if (found.size > MOD_SOURCE_LIMITS.bytesInAll) throw tooLarge(path);
  await readArchive(path, await readFile(path), kept);
}

const tooLarge = (source: string): Error =>
  new Error(`${source} is not taken: it is larger than ${MOD_SOURCE_LIMITS.bytesInAll / 1024 / 1024} MB`);

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

/** What a tar archive has besides the bytes of its files: heads, padding, folders, and files that are left behind. */
const TAR_OVERHEAD_BYTES = 1024 * 1024;

/** Nothing is written: entries go into memory, as many as the limits let. */
async function readArchive(name: string, compressed: Buffer, kept: KeptFiles): Promise<void> {
  const plain = await unpack(name, compressed);
  let refusal: Error | undefined;
  const refuse = (error: unknown) => {
    refusal ??= error instanceof Error ? error : new Error(String(error));
    parser.abort(refusal);
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
  // What is in it is tar and nothing else: another compression would get round the limit.
  const parser: Parser = new Parser({ strict: true, brotli: false, zstd: false, onReadEntry: take });
  parser.on('error', (error: unknown) => {
    refusal ??= unreadable(name, error);
  });
  parser.on('ignoredEntry', (entry: ReadEntry) => refuse(kept.refusal(entry.path, 'is no regular file')));
  try {
    const ended = once(parser, 'end');
    ended.catch(() => undefined);
    parser.end(plain);
    if (refusal === undefined) await ended;
  } catch (error) {
    throw refusal ?? unreadable(name, error);
  }
  if (refusal !== undefined) throw refusal;
}

/** The bytes of the tar archive; never more than the limits let. */
async function unpack(name: string, compressed: Buffer): Promise<Buffer> {
  const maxOutputLength = MOD_SOURCE_LIMITS.bytesInAll + TAR_OVERHEAD_BYTES;
  try {
    const plain = await promisify(gunzip)(compressed, { maxOutputLength });
    if (plain.length >= 2 && plain.readUInt16BE() === GZIP) throw new Error('compressed twice');
    return plain;
  } catch (error) {
    const isBomb = systemCode(error) === 'ERR_BUFFER_TOO_LARGE';
    throw isBomb ? tooLarge(name) : unreadable(name, error);
  }
}

/** How bytes begin that gzip has compressed. Source: RFC 1952, 2.3.1. */
const GZIP = 0x1f8b;

function unreadable(name: string, error: unknown): Error {
  const detail = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  return new Error(`${name} cannot be read as a .tgz (${detail}); make it anew, or name a folder`);
}

function withoutTopFolder(files: ModFiles): ModFiles {
  const [first = ''] = files.keys();
  const top = `${first.split('/')[0]}/`;
  if (files.has(MOD_YAML) || ![...files.keys()].every((path) => path.startsWith(top))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(top.length), bytes]));
}
