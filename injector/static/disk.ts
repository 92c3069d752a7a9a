import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInTurn } from '../http/in-turn.ts';

/** One body with what must be known of it, as it lies on the disk. */
export interface DiskFile {
  /** What it belongs to; a file under another's name is a foreign one. */
  readonly key: string;
  /** What the caller wants to know again: JSON. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

const FORMAT = 'gatehouse-cache-1';
/** Longest first line, in bytes. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Writes the one line of JSON and the body behind it. */
export function packFile({ key, about, body }: DiskFile): Buffer {
  const head = { format: FORMAT, key, about, sha256: digest(key, about, body) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/** Reads a file back; undefined when it is broken, of another format, or belongs to another key. Never throws. */
export function unpackFile(bytes: Buffer, key: string): DiskFile | undefined {
  const end = bytes.subarray(0, MAX_HEAD_BYTES).indexOf(10);
  if (end === -1) return undefined;
  try {
    const head: unknown = JSON.parse(bytes.toString('utf8', 0, end));
    if (!isRecord(head) || head['format'] !== FORMAT || head['key'] !== key) return undefined;
    const { about, sha256 } = head;
    const body = bytes.subarray(end + 1);
    return isRecord(about) && sha256 === digest(key, about, body) ? { key, about, body } : undefined;
  } catch {
    return undefined;
  }
}

function digest(key: string, about: object, body: Buffer): string {
  return createHash('sha256')
    .update(`${key}\n${JSON.stringify(about)}\n`)
    .update(body)
    .digest('base64url');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bodies on the disk. Nothing here throws: a disk that cannot be used is one that keeps nothing. */
export interface Disk {
  /** The file of a key; undefined when there is none, or only a broken or foreign one. */
  read(key: string): Promise<DiskFile | undefined>;
  /** @returns false when it could not be kept. */
  write(file: DiskFile): Promise<boolean>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
  /** Writes nothing more; resolves when what was being written is. */
  close(): Promise<void>;
}

/** Our files, so that nothing else in the folder is ever touched. */
const NAME = /^[0-9a-f]{64}\.kept$/;

/**
 * Makes the store in a folder, which is made (mode 0700) at the first use.
 *
 * @param maxBytes Most bytes of all files together; the oldest go first.
 * @param onFailure Told when the folder cannot be used.
 */
export function createDisk(folder: string, maxBytes: number, onFailure: (error: unknown) => void): Disk {
  const sizes = new Map<string, number>();
  let bytes = 0;
  let opened: Promise<boolean> | undefined;
  let isClosed = false;
  const inTurn = createInTurn();

  async function open(): Promise<boolean> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      const found: { name: string; size: number; at: number }[] = [];
      for (const name of await readdir(folder)) {
        // Left behind by a program that was ended while it wrote.
        if (/^[0-9a-f]{64}\.kept\.[0-9a-f]{12}$/.test(name)) await rm(join(folder, name), { force: true });
        if (!NAME.test(name)) continue;
        const { size, mtimeMs } = await stat(join(folder, name));
        found.push({ name, size, at: mtimeMs });
      }
      for (const { name, size } of found.sort((a, b) => a.at - b.at)) note(name, size);
      await shrink();
      return true;
    } catch (error) {
      onFailure(error);
      return false;
    }
  }

  function note(name: string, size: number): void {
    bytes += size - (sizes.get(name) ?? 0);
    sizes.delete(name);
    sizes.set(name, size);
  }

  async function drop(name: string): Promise<void> {
    bytes -= sizes.get(name) ?? 0;
    sizes.delete(name);
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }

  async function shrink(): Promise<void> {
    for (const oldest of sizes.keys()) {
      if (bytes <= maxBytes) return;
      await drop(oldest);
    }
  }

  const isOpen = (): Promise<boolean> => {
    opened ??= open();
    return opened;
  };

  /** One change at a time, so that the sums are right. */
  function change(run: () => Promise<void>): Promise<boolean> {
    return inTurn(async () => {
      if (isClosed || !(await isOpen())) return false;
      try {
        await run();
        return true;
      } catch (error) {
        onFailure(error);
        return false;
      }
    });
  }

  const idle = (): Promise<void> => inTurn(async () => undefined);

  return {
    async read(key) {
      const name = nameOf(key);
      if (!(await isOpen()) || !sizes.has(name)) return undefined;
      const bytes = await readFile(join(folder, name)).catch(() => undefined);
      const file = bytes && unpackFile(bytes, key);
      if (file === undefined) await change(() => drop(name));
      return file;
    },
    idle,
    close() {
      isClosed = true;
      return idle();
    },
    write(file) {
      return change(async () => {
        const name = nameOf(file.key);
        const packed = packFile(file);
        if (packed.length > maxBytes) return drop(name);
        const path = join(folder, name);
        const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
        try {
          await writeFile(unfinished, packed, { mode: 0o600, flag: 'wx' });
          await rename(unfinished, path);
        } catch (error) {
          await rm(unfinished, { force: true });
          throw error;
        }
        note(name, packed.length);
        await shrink();
      });
    },
  };
}

function nameOf(key: string): string {
  return `${createHash('sha256').update(key).digest('hex')}.kept`;
}
