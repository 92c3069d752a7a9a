import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createCoalescing, JOIN_PATIENCE_MS } from '../http/coalesce.ts';
import { pickEncoding } from '../http/encodings.ts';
import { answerCondition, type Coded, hashOf, headersOf, sendBody } from '../http/representation.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { type Bodies, createBodies, createMemory, type KeptFile } from './bodies.ts';
import { createCompressor } from './compressor.ts';
import type { Disk } from './disk.ts';
import { isCompressible, keptHeaders, mayKeep, readStaticTarget, type StaticTarget } from './keep-rules.ts';
import type { KnownPage, PageGeneration } from './page-generation.ts';

/**
 * Sends a kept file: 304 when the asker has these very bytes, HEAD as GET. An address that changes with the bytes is
 * right for ever, any other one is to be asked again each time. Source: RFC 8246; RFC 9110 sections 8.8.3.3 and 13.1.2.
 */
export function respondStatic(
  request: IncomingMessage,
  response: ServerResponse,
  file: KeptFile,
  coded: Coded,
  isHashed: boolean,
): void {
  const headers = [
    ...['Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'],
    ...['Vary', 'Accept-Encoding'],
  ];
  if (answerCondition(request, response, [coded.etag], headers)) return;
  sendBody(request, response, coded, headersOf(coded, [...headers, ...file.headers]));
}

/** Answers files of the web client without asking Jellyfin each time. */
export interface StaticCache {
  /**
   * @returns false when the request is none for a kept file: it is then passed through. Never throws.
   */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** The bytes of a file, for us to look at, by the target of a request line; undefined for what is not kept. Never throws. */
  read(target: string): Promise<Buffer | undefined>;
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

/** How long a file without a hash in its address is served without asking again, in milliseconds. */
const FRESH_MS = 1_000;
/** How many files are known; the largest web client has 2,400. */
const MAX_FILES = 4_000;
/** How many builds of one file are remembered as checked; an update brings one. */
const MAX_BUILDS = 4;

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
  /** For which page each build in the query was confirmed; a page names new builds after an update. */
  readonly confirmed: Map<string, string>;
  checkedAt: number;
}

/** Makes the cache of one Jellyfin's files. */
export function createStaticCache(parts: StaticCacheParts): StaticCache {
  const { disk, generation, memoryBytes, now, onServed, origin, upstream } = parts;
  const bodies: Bodies = createBodies(createMemory(memoryBytes), disk, origin);
  const compressor = createCompressor(bodies, (file) => isCompressible(file.extension));
  const entries = new LRUCache<string, Entry>({ max: MAX_FILES });
  const oncePerKey = createCoalescing<string, Entry | undefined>(JOIN_PATIENCE_MS);

  function isFresh(entry: Entry, target: StaticTarget, page: KnownPage | undefined): boolean {
    if (!target.isHashed) return now() - entry.checkedAt < FRESH_MS;
    return page !== undefined && entry.confirmed.get(target.query) === page.etag;
  }

  function keep(file: KeptFile, before: Entry | undefined): Entry {
    const isSame = before?.file.hash === file.hash;
    const entry = {
      file,
      confirmed: isSame ? before.confirmed : new Map<string, string>(),
      checkedAt: now(),
    };
    entries.set(file.path, entry);
    return entry;
  }

  /** Asks Jellyfin on our own account: nothing a client sent can change what others get. */
  async function ask(target: StaticTarget, isLost: boolean): Promise<Entry | undefined> {
    const before = entries.get(target.path);
    const known = isLost ? undefined : (before?.file ?? (await bodies.recall(target.path)));
    const path = upstream.basePath + target.path + (target.query === '' ? '' : `?${target.query}`);
    const headers = {
      'accept-encoding': 'identity',
      ...(known === undefined ? {} : { 'if-none-match': known.etag }),
    };
    const answer = await upstream.ask({ path, headers });
    if (answer.status === 304 && known !== undefined) return keep(known, before);
    if (!mayKeep(answer, target.extension)) {
      entries.delete(target.path);
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
    return keep(file, before);
  }

  /** One question for all who ask the same at the same time. */
  async function confirm(target: StaticTarget, page: KnownPage | undefined, isLost = false) {
    const key = `${target.path}?${target.query} ${page?.etag}`;
    const entry = await oncePerKey(key, () => ask(target, isLost));
    if (entry !== undefined && page !== undefined) {
      entry.confirmed.delete(target.query);
      entry.confirmed.set(target.query, page.etag);
      const oldest = entry.confirmed.keys().next().value;
      if (entry.confirmed.size > MAX_BUILDS && oldest !== undefined) entry.confirmed.delete(oldest);
    }
    return entry;
  }

  async function find(target: StaticTarget, coding: Parameters<typeof compressor.body>[1]) {
    const page = target.isHashed ? await generation.current() : undefined;
    // Without a page to go by, nobody knows what an address that never changes means now.
    if (target.isHashed && page === undefined) return undefined;
    // A build that the page does not name is an old one, or made up by a stranger, who could push out the one in force.
    if (target.query !== '' && page?.builds.has(target.query) !== true) return undefined;
    const kept = entries.get(target.path);
    const entry = kept !== undefined && isFresh(kept, target, page) ? kept : await confirm(target, page);
    if (entry === undefined) return undefined;
    const coded = await compressor.body(entry.file, coding);
    if (coded !== undefined) return { entry, coded };
    // Neither memory nor disk has the bytes any more.
    const anew = await confirm(target, page, true);
    const again = anew && (await compressor.body(anew.file, coding));
    return anew && again && { entry: anew, coded: again };
  }

  return {
    async answer(request, response) {
      const { headers, method, url = '' } = request;
      if ((method !== 'GET' && method !== 'HEAD') || isOdd(headers)) return false;
      const target = readStaticTarget(url, upstream.basePath);
      if (target === undefined) return false;
      const accepted = headers['accept-encoding'];
      const coding = pickEncoding(Array.isArray(accepted) ? accepted.join(', ') : accepted);
      const found = await find(target, coding).catch(() => undefined);
      if (found === undefined) return false;
      respondStatic(request, response, found.entry.file, found.coded, target.isHashed);
      onServed(request, target, found.coded.body.length);
      return true;
    },
    async read(url) {
      const target = readStaticTarget(url, upstream.basePath);
      const found = target && (await find(target, 'identity').catch(() => undefined));
      return found?.coded.body;
    },
    idle: () => compressor.idle(),
    close: () => compressor.close(),
  };
}
