import { LRUCache } from 'lru-cache';
import { createCoalescing } from '../http/coalesce.ts';
import { type Encoding, encode } from '../http/encodings.ts';
import { type Coded, etagOf } from '../http/representation.ts';
import { type Bodies, createMemory, type KeptFile } from './bodies.ts';

/** Gives files in the coding somebody asks for: as small as can be when there was time for it, quickly made before. */
export interface Compressor {
  /** @returns undefined when the plain bytes are gone. */
  body(file: KeptFile, coding: Encoding): Promise<Coded | undefined>;
  /** Resolves when everything asked for so far is as small as can be. */
  idle(): Promise<void>;
  /** Starts nothing more. */
  close(): void;
}

/** Below this, in bytes, a coding wins nothing worth a decoder. */
const LEAST_BYTES = 256;
/** Br first: what browsers take. The others may wait. */
const CODINGS = ['br', 'gzip', 'zstd'] as const;

/** How much a compressor has in its head at most; none of it is lost for good. */
export interface CompressorLimits {
  /** Codings waiting to be made; what comes when there are so many is planned when somebody asks again. @default 3000 */
  readonly waiting?: number;
  /** Quickly made bodies, in bytes together. @default 16 MiB */
  readonly interimBytes?: number;
  /** Codings known to win nothing; a forgotten one is tried again. @default 12000 */
  readonly useless?: number;
}

interface Job {
  readonly file: KeptFile;
  readonly coding: (typeof CODINGS)[number];
}

/**
 * Makes the compressor. The smallest codings are made in the background, one at a time and off the event loop, so
 * that films do not suffer.
 *
 * @param isWorthIt False for files that are compressed by their nature.
 */
export function createCompressor(
  bodies: Bodies,
  isWorthIt: (file: KeptFile) => boolean,
  limits: CompressorLimits = {},
): Compressor {
  const {
    waiting: maxWaiting = 3_000,
    interimBytes = 16 * 1024 * 1024,
    useless: maxUseless = 12_000,
  } = limits;
  const waiting = new Map<string, Job>();
  const started = new Set<string>();
  /** Quickly made ones, shared by those who ask while the small one is not there yet. */
  const interim = createMemory(interimBytes);
  const oncePerKey = createCoalescing<string, Buffer>();
  /** Codings that turned out not smaller than plain bytes. */
  const useless = new LRUCache<string, true>({ max: maxUseless });
  let worker: Promise<void> | undefined;
  let isClosed = false;

  const keyOf = (file: KeptFile, coding: Encoding): string => `${coding}\n${file.path}\n${file.hash}`;

  function next(): Job | undefined {
    for (const coding of CODINGS) {
      for (const job of waiting.values()) if (job.coding === coding) return job;
    }
    return undefined;
  }

  async function work(): Promise<void> {
    for (let job = next(); job !== undefined && !isClosed; job = next()) {
      const key = keyOf(job.file, job.coding);
      waiting.delete(key);
      // What cannot be compressed is served as it is, and tried again when somebody asks again.
      await compress(job, key).catch(() => undefined);
      interim.delete(key);
      started.delete(key);
    }
  }

  async function compress({ file, coding }: Job, key: string): Promise<void> {
    const plain = await bodies.get(file, 'identity');
    if (plain === undefined) return;
    const small = await encode(plain, coding);
    if (small.length >= plain.length) {
      useless.set(key, true);
      return;
    }
    await bodies.set(file, coding, small);
    // Browsers take br; the rest may wait on the disk.
    bodies.rest(file, coding === 'br' ? 'identity' : coding);
  }

  function plan(file: KeptFile): void {
    for (const coding of CODINGS) {
      const key = keyOf(file, coding);
      if (started.has(key) || useless.has(key) || waiting.size >= maxWaiting) continue;
      started.add(key);
      waiting.set(key, { file, coding });
    }
    worker ??= work().finally(() => {
      worker = undefined;
    });
  }

  return {
    async body(file, wanted) {
      const isPlain = wanted === 'identity' || !isWorthIt(file) || useless.has(keyOf(file, wanted));
      if (!isPlain) {
        const small = await bodies.get(file, wanted);
        if (small !== undefined)
          return { body: small, coding: wanted, etag: etagOf(file.hash, wanted, 'best') };
      }
      const plain = await bodies.get(file, 'identity');
      if (plain === undefined) return undefined;
      if (isPlain || plain.length < LEAST_BYTES)
        return { body: plain, coding: 'identity', etag: etagOf(file.hash, 'identity', 'best') };
      const key = keyOf(file, wanted);
      plan(file);
      const made = interim.get(key) ?? (await oncePerKey(key, () => encode(plain, wanted, 'quick')));
      if (started.has(key)) interim.set(key, made);
      return { body: made, coding: wanted, etag: etagOf(file.hash, wanted, 'quick') };
    },
    async idle() {
      while (worker !== undefined) await worker;
    },
    close() {
      isClosed = true;
    },
  };
}
