import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createCoalescing } from '../http/coalesce.ts';
import { wantsConfirmed } from '../http/headers.ts';
import { inTime } from '../http/in-time.ts';
import { KEEP_HEADERS, wantsToKeep } from '../http/nginx-cache.ts';
import { createRepresentation, type Prepared, prepare, type Representation } from '../http/representation.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import type { ManifestAddress } from './manifest-address.ts';
import { RETRY_AFTER_MS } from './rewrite-worker.ts';
import type { RewrittenFiles } from './rewritten-files.ts';
import type { UpstreamFile, UpstreamFiles } from './upstream-files.ts';
import type { Variants } from './variants.ts';

/** Something that may be rewritten, as a client asks for it. */
export interface AskedFile {
  readonly route: RewrittenRoute;
  /** Canonical path below the base URL. */
  readonly path: string;
  /** Address of the client. */
  readonly client: string;
}

/** Answers requests for what mods change. */
export interface Rewriter {
  /**
   * @returns false when there is nothing to change: the request is then passed through untouched; true when it was
   *   answered. A kept file is answered at once, without a promise.
   * @throws {DecodingError} (in the promise) when the content coding of Jellyfin's answer cannot be undone.
   * @throws {Error} (in the promise) when Jellyfin cannot be reached or its answer cannot be read.
   */
  answer(request: IncomingMessage, response: ServerResponse, asked: AskedFile): boolean | Promise<boolean>;
}

/** How many rewritten bodies are kept. */
const MAX_KEPT = 96;
/** Larger bodies are served, but not kept. */
const MAX_KEPT_BYTES = 2 * 1024 * 1024;

/** How long people wait for a page while one of the same file and configuration could go out, in milliseconds. */
export const EARLIER_AFTER_MS = 2_000;
/** How long they wait where there is none, in milliseconds; then one of another configuration goes out, or one without mods. */
export const WITHOUT_MODS_AFTER_MS = 15_000;

const CONFIRMED = 'private, no-cache';
/**
 * What browsers are told. Confirmed at each use, so that an update of Jellyfin or a changed configuration shows at the next
 * load; only `config.json` holds for one load, in which the client asks for it four times at once, in a way that browsers
 * may answer themselves. Source: `scripts/settings/webSettings.js` and `utils/fetchLocal.ts` of jellyfin-web 10.9 to 12.0.
 */
const FRESHNESS: Readonly<Record<RewrittenRoute, string>> = {
  page: CONFIRMED,
  'service-worker': CONFIRMED,
  branding: CONFIRMED,
  manifest: CONFIRMED,
  config: 'private, max-age=5',
};

/** A rewritten body. */
export interface Made {
  readonly representation: Representation;
  /** Whose work it is: the `id` of the rewritten files. */
  readonly by: string;
  /** `key` of the original. */
  readonly of: string;
  /** When it is worth trying again, because a mod was stopped; on the clock of `now`. */
  readonly retryMs: number;
}

/** The last good body of each file of Jellyfin's, whatever was announced in it and by whatever configuration it was made. */
export type LastGood = Pick<LRUCache<string, Made>, 'get' | 'set'>;

/** Makes it empty; it outlives a configuration. */
export function createLastGood(): LastGood {
  return new LRUCache<string, Made>({ max: MAX_KEPT, maxEntrySize: MAX_KEPT_BYTES });
}

/**
 * Makes the rewriter.
 *
 * @param upstreamFiles.announcing With better addresses and announced files in the page; `plain` as Jellyfin has them.
 * @param pick Picks from those in force; asked anew for each request, so that a reload shows at the next load.
 * @param lastGood What goes out where mods do not come to work in time, on a machine that is busy.
 * @param now Milliseconds of a clock that never goes back.
 */
export function createRewriter(
  upstreamFiles: { readonly announcing: UpstreamFiles; readonly plain: UpstreamFiles },
  manifest: ManifestAddress,
  pick: Variants['pick'],
  lastGood: LastGood,
  now: () => number = () => performance.now(),
): Rewriter {
  const kept = new LRUCache<string, Made>({ max: MAX_KEPT, maxEntrySize: MAX_KEPT_BYTES });
  const oncePerKey = createCoalescing<string, Made>();
  const ready = new WeakMap<RewrittenFiles, WeakMap<UpstreamFile, { made: Made; prepared: Prepared }>>();
  const filesFor = ({ isBare }: RewrittenFiles) => (isBare ? upstreamFiles.plain : upstreamFiles.announcing);

  async function make(
    key: string,
    original: UpstreamFile,
    route: RewrittenRoute,
    by: RewrittenFiles,
  ): Promise<Made> {
    const { bytes, isFinal } = await by.rewrite(route, original);
    const made = {
      representation: createRepresentation(bytes),
      by: by.id,
      of: original.key,
      retryMs: isFinal ? Number.POSITIVE_INFINITY : now() + RETRY_AFTER_MS,
    };
    kept.set(key, made, { size: bytes.length || 1 });
    if (isFinal) lastGood.set(fileOf(route, original, by), made, { size: bytes.length || 1 });
    return made;
  }

  /** One rewrite for all who ask at once. */
  function madeOf(original: UpstreamFile, route: RewrittenRoute, by: RewrittenFiles): Made | Promise<Made> {
    const key = `${route} ${by.id} ${original.key}`;
    const known = kept.get(key);
    if (known !== undefined && now() < known.retryMs) return known;
    return oncePerKey(key, () => make(key, original, route, by));
  }

  /**
   * What is made in time and whole, else the last good one of the same file, else what is made in a longer time. What is
   * late is there for the next who asks.
   */
  async function bestOf(original: UpstreamFile, route: RewrittenRoute, by: RewrittenFiles): Promise<Made> {
    const earlier = lastGood.get(fileOf(route, original, by));
    const waitMs = earlier?.by === by.id ? EARLIER_AFTER_MS : WITHOUT_MODS_AFTER_MS;
    try {
      const made = await inTime(Promise.resolve(madeOf(original, route, by)), waitMs, () => {
        throw new Error('mods did not come to work on it in time; the machine is busy');
      });
      const isWhole = made.retryMs === Number.POSITIVE_INFINITY;
      return isWhole || earlier?.by !== by.id ? made : earlier;
    } catch (error) {
      if (earlier === undefined) throw error;
      return earlier;
    }
  }

  function preparedFrom(original: UpstreamFile, by: RewrittenFiles): Prepared | undefined {
    const entry = ready.get(by)?.get(original);
    return entry !== undefined && now() < entry.made.retryMs ? entry.prepared : undefined;
  }

  /** A page that is answered whole and by all mods, and that an nginx in front may hand to everybody for a moment. */
  async function answerForAll(
    request: IncomingMessage,
    response: ServerResponse,
    by: RewrittenFiles,
  ): Promise<boolean> {
    const { headers, url = '' } = request;
    const peeked = wantsConfirmed(request) ? undefined : filesFor(by).peek(url, headers);
    const original = peeked ?? (await filesFor(by).get(url, headers));
    if (original === undefined) return false;
    const made = await bestOf(original, 'page', by);
    const isRight =
      made.by === by.id && made.of === original.key && made.retryMs === Number.POSITIVE_INFINITY;
    const own = ['Cache-Control', FRESHNESS.page, ...(isRight ? KEEP_HEADERS : [])];
    await prepare(made.representation, [...original.headers, ...own]).respond(request, response);
    return true;
  }

  async function answerSlowly(
    request: IncomingMessage,
    response: ServerResponse,
    { route, path }: AskedFile,
    by: RewrittenFiles,
  ): Promise<boolean> {
    const { headers, url = '' } = request;
    if (route === 'manifest' && !(await manifest.isManifest(path, headers))) return false;
    const files = filesFor(by);
    const original =
      route === 'branding' ? await files.getPersonal(url, headers) : await files.get(pathOf(url), headers);
    if (original === undefined) return false;
    let prepared = preparedFrom(original, by);
    if (prepared === undefined) {
      const made = await bestOf(original, route, by);
      const varies = [...by.varies, ...(route === 'page' ? [] : ['Referer'])];
      const vary = varies.length === 0 ? [] : ['Vary', varies.join(', ')];
      const own = ['Cache-Control', FRESHNESS[route], ...vary];
      prepared = prepare(made.representation, [...original.headers, ...own]);
      const isEarlier = made.by !== by.id || made.of !== original.key;
      if (!isEarlier) {
        const files = ready.get(by) ?? new WeakMap();
        ready.set(by, files.set(original, { made, prepared }));
      }
    }
    await prepared.respond(request, response);
    return true;
  }

  return {
    answer(request, response, asked) {
      const by = pick(request, asked.client, asked.route === 'page');
      return by instanceof Promise
        ? by.then((made) => answerBy(made, request, response, asked))
        : answerBy(by, request, response, asked);
    },
  };

  function answerBy(
    by: RewrittenFiles,
    request: IncomingMessage,
    response: ServerResponse,
    asked: AskedFile,
  ): boolean | Promise<boolean> {
    if (!by.changes(asked.route)) return false;
    if (asked.route === 'page' && by.isForAll && wantsToKeep(request))
      return answerForAll(request, response, by);
    if (asked.route !== 'branding' && asked.route !== 'manifest' && !wantsConfirmed(request)) {
      const original = filesFor(by).peek(pathOf(request.url ?? ''), request.headers);
      const prepared = original === undefined ? undefined : preparedFrom(original, by);
      if (prepared !== undefined) return prepared.respond(request, response)?.then(() => true) ?? true;
    }
    return answerSlowly(request, response, asked, by);
  }
}

/** The file as Jellyfin sent it: behind a blank, its key tells what was announced in it (`preloaded-page.ts`). */
const fileOf = (route: RewrittenRoute, original: UpstreamFile, { audience }: RewrittenFiles): string =>
  `${route} ${original.key.split(' ', 1)[0]} ${audience}`;

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}
