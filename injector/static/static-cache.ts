import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createCoalescing, JOIN_PATIENCE_MS } from '../http/coalesce.ts';
import { type Encoding, pickEncoding } from '../http/encodings.ts';
import { wantsConfirmed } from '../http/headers.ts';
import { inTime } from '../http/in-time.ts';
import { hashOf } from '../http/representation.ts';
import { tabModeOf } from '../jellyfin/tab-mode.ts';
import type { Replacement } from '../kit/replacements.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { type Bodies, createBodies, createMemory, type KeptFile } from './bodies.ts';
import { createCompressor } from './compressor.ts';
import type { Disk } from './disk.ts';
import { isCompressible, keptHeaders, mayKeep, readStaticTarget, type StaticTarget } from './keep-rules.ts';
import type { KnownPage, PageGeneration } from './page-generation.ts';
import { createReplacedFiles } from './replaced-files.ts';
import { type Outgoing, respondStatic } from './respond.ts';

/** Answers files of the web client without asking Jellyfin each time. */
export interface StaticCache {
  /**
   * @returns false when the request is none for a kept file: it is then passed through. Never throws.
   */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Puts replacements of text into force, for files that are asked for after it. */
  replace(replacements: readonly Replacement[]): void;
  /** Changes with the replacements in force. */
  replacementsId(): string;
  /**
   * The bytes of a file as browsers get them, for us to look at, by the target of a request line; undefined for what is not
   * kept. Never throws.
   */
  read(target: string): Promise<Buffer | undefined>;
  /**
   * From `hashOf`, of the bytes a file went out with last, by its path below the base URL; undefined for what is not kept, or
   * was not asked for since the replacements are in force.
   */
  hash(path: string): string | undefined;
  /** Changes with the hashes. */
  version(): number;
  /** Resolves when everything asked for so far is compressed as small as can be. */
  idle(): Promise<void>;
  /** Starts no more work; what is under way ends by itself. */
  close(): void;
}

/** What the cache is made of. */
export interface StaticCacheParts {
  readonly upstream: Upstream;
  /** Names the Jellyfin; files kept of another are foreign. */
  readonly origin: string;
  readonly generation: PageGeneration;
  readonly disk: Disk;
  /** Most bytes of bodies in memory. */
  readonly memoryBytes: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** Told of each file that is answered. */
  readonly onServed: (request: IncomingMessage, target: StaticTarget, bytes: number) => void;
}

/** How long a file is served without asking Jellyfin again, in milliseconds: with a hash of Jellyfin's in its address, and without. */
const FRESH_MS = { hashed: 60_000, plain: 1_000 } as const;
/** How many files are known; the largest web client has 2,400. */
const MAX_FILES = 4_000;

/** A request with one of these wants something that only Jellyfin can answer. */
const ODD = [
  ...['range', 'if-range', 'if-match', 'if-unmodified-since', 'upgrade', 'authorization'],
  ...['x-emby-authorization', 'x-emby-token', 'x-mediabrowser-token', 'content-length', 'transfer-encoding'],
] as const;

/** True also for a page of another origin: Jellyfin's own CORS rules answer it. Fonts name their own origin. */
function isOdd(headers: IncomingHttpHeaders): boolean {
  const { host, origin } = headers;
  const isForeign = origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`;
  return isForeign || ODD.some((name) => headers[name] !== undefined);
}

interface Entry {
  readonly file: KeptFile;
  /** Validator of the page that was in force when Jellyfin confirmed the file; another page may mean another file. */
  readonly page: string | undefined;
  readonly checkedAt: number;
}

/** Makes the cache of one Jellyfin's files. */
export function createStaticCache(parts: StaticCacheParts): StaticCache {
  const { disk, generation, memoryBytes, now, onServed, origin, upstream } = parts;
  const bodies: Bodies = createBodies(createMemory(memoryBytes), disk, origin);
  const compressor = createCompressor(bodies, (file) => isCompressible(file.extension));
  const entries = new LRUCache<string, Entry>({ max: MAX_FILES });
  const oncePerKey = createCoalescing<string, Entry | undefined>(JOIN_PATIENCE_MS);
  let version = 0;
  const replaced = createReplacedFiles(bodies, MAX_FILES, () => {
    version += 1;
  });

  function isFresh(
    { file, page: checkedFor, checkedAt }: Entry,
    target: StaticTarget,
    page?: KnownPage,
  ): boolean {
    if (target.bytesHash !== undefined && target.bytesHash !== replaced.known(file)?.hash) return false;
    if (!target.isHashed) return now() - checkedAt < FRESH_MS.plain;
    return checkedFor === page?.etag && now() - checkedAt < FRESH_MS.hashed;
  }

  function keep(file: KeptFile, page: string | undefined, checkedAt: number): Entry {
    const entry = { file, page, checkedAt };
    if (entries.peek(file.path)?.file.hash !== file.hash) version += 1;
    entries.set(file.path, entry);
    return entry;
  }

  /** Asks Jellyfin on our own account: nothing a client sent can change what others get. */
  async function ask(
    target: StaticTarget,
    page: string | undefined,
    isLost: boolean,
  ): Promise<Entry | undefined> {
    const askedAt = now();
    const before = entries.get(target.path);
    const checkedFor = page ?? before?.page;
    const known = isLost ? undefined : (before?.file ?? (await bodies.recall(target.path)));
    const path = upstream.basePath + target.path + (target.query === '' ? '' : `?${target.query}`);
    const headers = {
      'accept-encoding': 'identity',
      ...(known === undefined ? {} : { 'if-none-match': known.etag }),
    };
    const answer = await upstream.ask({ path, headers });
    if (answer.status === 304 && known !== undefined) return keep(known, checkedFor, askedAt);
    if (!mayKeep(answer, target.extension)) {
      if (entries.delete(target.path)) version += 1;
      return undefined;
    }
    const file = {
      path: target.path,
      extension: target.extension,
      etag: answer.headers['etag'] ?? '',
      hash: hashOf(answer.body),
      headers: keptHeaders(answer),
    };
    // The disk may take its time; the memory has it at once.
    void bodies.set(file, 'identity', answer.body);
    return keep(file, checkedFor, askedAt);
  }

  /** One question for all who ask the same at the same time. */
  function confirm(target: StaticTarget, page: KnownPage | undefined, isLost = false) {
    const key = `${target.path}?${target.query} ${page?.etag} ${isLost}`;
    return oncePerKey(key, () => ask(target, page?.etag, isLost));
  }

  /** What goes out of a file; undefined when its bytes are in neither memory nor disk any more. */
  async function outgoing(
    original: KeptFile,
    coding: Encoding,
    isBare: boolean,
  ): Promise<Outgoing | undefined> {
    const changed = await replaced.of(original);
    if (changed === undefined) return undefined;
    const file = isBare ? original : changed;
    const coded = await compressor.body(file, coding);
    if (coded !== undefined) return { file, coded, isReplaced: changed !== original, isBare };
    replaced.forget(original);
    return undefined;
  }

  async function find(target: StaticTarget, coding: Encoding, isForced = false, isBare = false) {
    const page = target.isHashed ? await generation.current() : undefined;
    // Without a page to go by, nobody knows what an address that never changes means now.
    if (target.isHashed && page === undefined) return undefined;
    // A build that the page does not name is an old one, or made up by a stranger, who could push out the one in force.
    if (target.query !== '' && page?.builds.has(target.query) !== true) return undefined;
    const kept = entries.get(target.path);
    const isRight = kept !== undefined && !isForced && isFresh(kept, target, page);
    // What Jellyfin said last, when it takes too long over the file.
    const last = kept?.page === page?.etag ? kept : undefined;
    const entry = isRight ? kept : await inTime(confirm(target, page), JOIN_PATIENCE_MS, () => last);
    if (entry === undefined) return undefined;
    const found = await outgoing(entry.file, coding, isBare);
    if (found !== undefined) return found;
    const anew = await confirm(target, page, true);
    return anew && outgoing(anew.file, coding, isBare);
  }

  return {
    async answer(request, response) {
      const { headers, method, url = '' } = request;
      if ((method !== 'GET' && method !== 'HEAD') || isOdd(headers)) return false;
      const target = readStaticTarget(url, upstream.basePath);
      if (target === undefined) return false;
      const accepted = headers['accept-encoding'];
      const coding = pickEncoding(Array.isArray(accepted) ? accepted.join(', ') : accepted);
      const isBare = tabModeOf(request, false) === 'off';
      const found = await find(target, coding, wantsConfirmed(request), isBare).catch(() => undefined);
      if (found === undefined) return false;
      respondStatic(request, response, found, target.bytesHash);
      onServed(request, target, found.coded.body.length);
      return true;
    },
    async read(url) {
      const target = readStaticTarget(url, upstream.basePath);
      const found = target && (await find(target, 'identity').catch(() => undefined));
      return found?.coded.body;
    },
    hash(path) {
      const file = entries.peek(path)?.file;
      return file && replaced.known(file)?.hash;
    },
    replace: replaced.use,
    replacementsId: replaced.id,
    version: () => version,
    idle: () => compressor.idle(),
    close: () => compressor.close(),
  };
}
