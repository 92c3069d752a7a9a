import type { IncomingMessage, ServerResponse } from 'node:http';
import { headerValues } from '../http/raw-headers.ts';
import type { Log } from '../kit/log.ts';
import type { Replacement } from '../kit/replacements.ts';
import type { UpstreamFiles } from '../rewrite/upstream-files.ts';
import type { Upstream } from '../upstream/upstream.ts';
import { createBuildNames, hashesOf } from './build-names.ts';
import { createDisk } from './disk.ts';
import { createLearnedPreloads } from './learned-preloads.ts';
import { createPageFiles } from './page-files.ts';
import { createPageGeneration } from './page-generation.ts';
import { createPageLoads, type LateFile, LOAD_WINDOW_MS } from './page-loads.ts';
import { announceLateFiles } from './preloaded-page.ts';
import { createStaticCache } from './static-cache.ts';

/** How much of the web client is kept, and where. */
export interface WebCacheSettings {
  /** Most bytes of bodies in memory. */
  readonly memoryBytes: number;
  /** Most bytes of files on the disk. */
  readonly diskBytes: number;
  /** Absolute path of the folder, made when it is missing. */
  readonly folder: string;
}

/** Everything about the web client's files that is kept for one Jellyfin, and what was learned of its page. */
export interface WebCache {
  /** @returns false when the request is to be passed through. Never throws. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** The same files, with what was learned put into the page; each page that is asked for is learned from. */
  watchPage(upstreamFiles: UpstreamFiles): UpstreamFiles;
  /** Puts replacements of text in these files into force; they show at the next load. */
  replace(replacements: readonly Replacement[]): void;
  /** Tells that a page went by unseen: it may name another build. */
  pageWentBy(): void;
  /** Resolves when everything asked for so far is compressed as small as can be and written. */
  idle(): Promise<void>;
  /** Starts no more work in the background; resolves when nothing is written any more. */
  close(): Promise<void>;
}

/**
 * Makes the cache of one Jellyfin.
 *
 * @param now Milliseconds of a clock that only goes forward.
 */
export function createWebCache(
  settings: WebCacheSettings,
  upstream: Upstream,
  log: Log,
  now: () => number = () => performance.now(),
): WebCache {
  let isReported = false;
  const disk = createDisk(settings.folder, settings.diskBytes, (error) => {
    if (isReported) return;
    isReported = true;
    log.warn({ event: 'cache-folder-unusable', folder: settings.folder, error: String(error) });
  });
  const generation = createPageGeneration(upstream, now);
  const preloads = createLearnedPreloads(disk, originOf(upstream));
  const names = createBuildNames((src) => files.read(`${upstream.basePath}/web/${src}`));
  const loads = createPageLoads(LOAD_WINDOW_MS, (page, html, late) => {
    const learn = (hashes: ReadonlySet<string>): void => preloads.learn(page, late.filter(isOf(hashes)));
    const hashes = names.known(page);
    if (hashes !== undefined) learn(hashes);
    else void names.read(page, html).then(learn);
  });
  const files = createStaticCache({
    ...{ upstream, origin: originOf(upstream), generation, disk, now, memoryBytes: settings.memoryBytes },
    onServed: loads.note,
  });
  const named = createPageFiles(files, upstream.basePath, now);
  void preloads.recall().catch(() => undefined);

  return {
    answer: files.answer,
    replace: files.replace,
    pageWentBy: generation.forget,
    async idle() {
      await files.idle();
      await disk.idle();
    },
    async close() {
      files.close();
      await disk.close();
    },
    watchPage: (upstreamFiles) =>
      announceLateFiles(upstreamFiles, upstream.basePath, {
        served(headers, { original, html }, isConfirmed) {
          if (isConfirmed) generation.seen(headerValues(original.rawHeaders, 'etag')[0], html);
          if (preloads.isOpen(original.key)) {
            loads.start(headers, original.key, html);
            // In good time before this load has ended; the browser is about to ask for the same scripts.
            void names.read(original.key, html);
          }
          return preloads.of(original.key);
        },
        confirm: ({ original, html }) => named.confirm(`${original.key} ${files.replacementsId()}`, html),
        name: named.name,
        version: files.version,
      }),
  };
}

/** Of a build are files whose address has no hash but those of the build. */
function isOf(hashes: ReadonlySet<string>): (file: LateFile) => boolean {
  return ({ href }) => hashesOf(href).every((hash) => hashes.has(hash));
}

/** Names the Jellyfin, so that nothing kept of another is taken for its own. */
function originOf({ origin, socketPath, basePath }: Upstream): string {
  return `${socketPath ?? origin.href} ${basePath}`;
}
