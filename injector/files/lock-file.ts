import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { Document, isMap, parseDocument } from 'yaml';
import { z } from 'zod';

const fetched = z.string().max(40);

const bytesSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(0),
  fetched,
  /** Where redirects led to, when there were any: addresses in a style are relative to that. */
  movedTo: z.url().optional(),
});

/** Bytes that an address stands for. */
export type LockedBytes = z.output<typeof bytesSchema>;

/** What an address stands for, until somebody wants it anew. */
const entrySchema = z.union([
  bytesSchema,
  /** A style names it, and there is nothing. */
  z.object({ absent: z.int(), fetched }),
]);

/** What an address stands for: bytes by their SHA-256, or nothing. `fetched` is a day such as `2026-11-29`. */
export type LockEntry = z.output<typeof entrySchema>;

/** By web address, without a fragment. */
export type LockEntries = ReadonlyMap<string, LockEntry>;

const addedSchema = bytesSchema.extend({ mod: z.string().max(100) });

/** An archive that a mod was added from; `mod` is its name. */
export type AddedMod = z.output<typeof addedSchema>;

/** What an entry is about: `files` that options name, or mods that were `added` from an address. */
type Section = 'files' | 'added';

/** The lock cannot be used as it is. Its message is a sentence about the file. */
export class LockUnreadableError extends Error {
  readonly code = 'MODS_LOCK_UNREADABLE';

  constructor(reason: string, cause?: unknown) {
    super(`${LOCK_FILE} ${reason}; mend it, or delete it to take what the addresses have now`, { cause });
    this.name = 'LockUnreadableError';
  }
}

/** Name of the lock, beside `config.yaml`. */
export const LOCK_FILE = 'mods.lock.yaml';

/** Largest lock that is read, in bytes; an address takes some 200. */
const MAX_BYTES = 1024 * 1024;

const HEADER = ` Which bytes the web addresses in config.yaml stand for. What changes there does not change here until
 \`gatehouse mods update\` takes it; \`added\` is what \`gatehouse mods add\` took. Keep this file with config.yaml; Gatehouse writes it.`;

async function readDocument(path: string): Promise<Document | undefined> {
  let text: string;
  try {
    if ((await stat(path)).size > MAX_BYTES) throw new LockUnreadableError('is larger than 1 MB');
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof LockUnreadableError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return undefined;
    throw new LockUnreadableError(`cannot be read (${code})`, error);
  }
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0) throw new LockUnreadableError('is no YAML', document.errors[0]);
  return document;
}

/** Reads what files stand for; empty when there is no lock. @throws {LockUnreadableError} */
export async function readLock(path: string): Promise<LockEntries> {
  return await readSection(path, 'files', entrySchema);
}

/** Reads which mods were added from which web address; empty when there is no lock. @throws {LockUnreadableError} */
export async function readAddedMods(path: string): Promise<ReadonlyMap<string, AddedMod>> {
  return await readSection(path, 'added', addedSchema);
}

async function readSection<Entry>(
  path: string,
  section: Section,
  schema: z.ZodType<Entry>,
): Promise<ReadonlyMap<string, Entry>> {
  const document = await readDocument(path);
  if (document === undefined || document.contents === null) return new Map();
  const whole = z
    .object({ [section]: z.record(z.string(), schema).nullish() })
    .safeParse(document.toJS({ maxAliasCount: 0 }));
  if (!whole.success) throw new LockUnreadableError('does not hold what Gatehouse wrote', whole.error);
  return new Map(Object.entries(whole.data[section] ?? {}));
}

/**
 * Changes entries of a lock; undefined removes one. All else in the file stays, comments too, and whoever reads it sees it
 * either as it was or as it is. A change that changes nothing writes nothing.
 *
 * @throws {LockUnreadableError} when the file as it is cannot be read, and the system's error when it cannot be written.
 */
export async function changeLock(
  path: string,
  changes: ReadonlyMap<string, LockEntry | AddedMod | undefined>,
  section: Section = 'files',
): Promise<void> {
  if (changes.size === 0) return;
  const document = (await readDocument(path)) ?? new Document({});
  if (document.contents === null || !isMap(document.contents))
    document.contents = document.createNode({}) as never;
  document.commentBefore ??= HEADER;
  if (!isMap(document.get(section))) document.set(section, document.createNode({}));
  for (const [address, entry] of changes) {
    if (entry === undefined) document.deleteIn([section, address]);
    else document.setIn([section, address], document.createNode(entry));
  }
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(unfinished, document.toString({ lineWidth: 0 }), { flag: 'wx' });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
}
