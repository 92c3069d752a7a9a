import { LRUCache } from 'lru-cache';
import type { Encoding } from '../http/encodings.ts';
import type { Disk } from './disk.ts';

/** Bodies in memory; the one that was not used for longest goes first. */
export type Memory = LRUCache<string, Buffer>;

/**
 * Makes an empty memory.
 *
 * @param maxBytes Most bytes kept, as served; one body over it is not kept.
 */
export function createMemory(maxBytes: number): Memory {
  // An empty body has to have a size, too.
  return new LRUCache({ maxSize: maxBytes, sizeCalculation: (body) => body.length || 1 });
}

/** A file of the web client as Jellyfin has it, without its bytes. */
export interface KeptFile {
  readonly path: string;
  readonly extension: string;
  /** Jellyfin's validator. */
  readonly etag: string;
  /** Changes with the bytes; safe in a header. */
  readonly hash: string;
  /** Names and values in turn, the same for every asker. */
  readonly headers: readonly string[];
}

/** Of how many bodies is known that the disk has them: those of the largest web client, in each coding. */
const MAX_NOTED = 12_000;

/** The bytes of files in each coding, in memory and on the disk. Never throws. */
export interface Bodies {
  get(file: KeptFile, coding: Encoding): Promise<Buffer | undefined>;
  /** The file as it was kept before the program started anew. */
  recall(path: string): Promise<KeptFile | undefined>;
  /** Keeps a coding; plain bytes bring what is known of the file with them. */
  set(file: KeptFile, coding: Encoding, body: Buffer): Promise<void>;
  /** Takes a coding out of the memory when the disk has it. */
  rest(file: KeptFile, coding: Encoding): void;
}

/**
 * Joins memory and disk.
 *
 * @param origin Address of the Jellyfin; files of another are foreign.
 */
export function createBodies(memory: Memory, disk: Disk, origin: string): Bodies {
  const diskKey = (path: string, coding: Encoding): string => `${origin}\n${path}\n${coding}`;
  const memoryKey = (file: KeptFile, coding: Encoding): string => `${file.path}\n${file.hash}\n${coding}`;

  /** What the memory may let go; what is forgotten here only stays in it for longer. */
  const onDisk = new LRUCache<string, true>({ max: MAX_NOTED });

  return {
    async get(file, coding) {
      const kept = memory.get(memoryKey(file, coding));
      if (kept !== undefined) return kept;
      const found = await disk.read(diskKey(file.path, coding));
      if (found === undefined || found.about['hash'] !== file.hash) return undefined;
      onDisk.set(memoryKey(file, coding), true);
      memory.set(memoryKey(file, coding), found.body);
      return found.body;
    },
    async recall(path) {
      const found = await disk.read(diskKey(path, 'identity'));
      if (found === undefined) return undefined;
      const { extension, etag, hash, headers } = found.about;
      const isWhole =
        typeof extension === 'string' &&
        typeof etag === 'string' &&
        typeof hash === 'string' &&
        Array.isArray(headers) &&
        headers.every((entry) => typeof entry === 'string');
      return isWhole ? { path, extension, etag, hash, headers } : undefined;
    },
    async set(file, coding, body) {
      memory.set(memoryKey(file, coding), body);
      const about = coding === 'identity' ? { ...file } : { hash: file.hash };
      const isWritten = await disk.write({ key: diskKey(file.path, coding), about, body });
      if (isWritten) onDisk.set(memoryKey(file, coding), true);
    },
    rest(file, coding) {
      if (onDisk.has(memoryKey(file, coding))) memory.delete(memoryKey(file, coding));
    },
  };
}
