import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LRUCache } from 'lru-cache';
import { createCoalescing } from '../http/coalesce.ts';
import { createRepresentation, type Prepared, prepare, type Representation } from '../http/representation.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import { replaceServiceWorker } from '../jellyfin/service-worker.ts';
import type { Plan } from '../kit/plan.ts';
import type { ManifestAddress } from './manifest-address.ts';
import { RETRY_AFTER_MS, type RewriteWorker } from './rewrite-worker.ts';
import type { UpstreamFile, UpstreamFiles } from './upstream-files.ts';

/** A script or stylesheet of ours, served under a name that changes with its bytes. */
export interface Asset {
  /** Path below `/gatehouse`, e.g. `/mods/4fJ….js`. */
  readonly path: string;
  readonly contentType: string;
  readonly representation: Representation;
}

/** All that browsers get of one configuration: how files are rewritten, and our own script and stylesheet. */
export interface RewrittenFiles {
  /** Changes whenever anything in it changes. */
  readonly id: string;
  readonly assets: readonly Asset[];
  /** False when a file is passed through as it is. */
  changes(route: RewrittenRoute): boolean;
  /**
   * Rewrites a file, away from this thread. What cannot be read as what it should be comes back as it is.
   *
   * @throws {Error} when mods cannot be run at all.
   */
  rewrite(route: RewrittenRoute, original: UpstreamFile): Promise<RewrittenFile>;
  /** Ends what runs for it, when what is under way is done. Idempotent. */
  close(): void;
}

/** A file as browsers get it. */
export interface RewrittenFile {
  readonly bytes: Buffer;
  /** False when a mod was stopped for it: worth another try later. */
  readonly isFinal: boolean;
}

/** Name under which Jellyfin's plugin manager finds our plugin. */
const PLUGIN_ENTRY = 'gatehouse/plugin';

/** Makes the rewritten files of a plan and of the client script that belongs to it (undefined when nothing runs in the browser). */
export function createRewrittenFiles(
  plan: Plan,
  clientScript: string | undefined,
  worker: RewriteWorker,
): RewrittenFiles {
  const script =
    clientScript === undefined ? undefined : asset(clientScript, 'js', 'text/javascript; charset=utf-8');
  const style = plan.css === '' ? undefined : asset(plan.css, 'css', 'text/css; charset=utf-8');
  const assets = [script, style].filter((entry) => entry !== undefined);
  const id = createHash('sha256')
    .update(`${plan.id} ${assets.map((entry) => entry.path).join(' ')}`)
    .digest('base64url');

  const extras = {
    ...(script === undefined ? {} : { scriptUrl: `../gatehouse${script.path}` }),
    ...(style === undefined ? {} : { styleUrl: `../gatehouse${style.path}` }),
  };
  const plugin = script === undefined ? {} : { plugin: PLUGIN_ENTRY };

  function changes(route: RewrittenRoute): boolean {
    if (route === 'page') return assets.length > 0 || plan.htmlHooks.length > 0 || plan.tags.length > 0;
    // 10.8's worker keeps all of these.
    if (route === 'service-worker') return changes('page') || changes('config') || changes('manifest');
    return (plan.jsonChanges.get(route)?.size ?? 0) > 0 || (route === 'config' && script !== undefined);
  }

  return {
    id,
    assets,
    changes,
    async rewrite(route, { bytes, contentType }) {
      if (route === 'service-worker') {
        return { bytes: replaceServiceWorker(bytes), isFinal: true };
      }
      const rewritten = await worker.rewrite({ route, bytes, contentType, extras, ...plugin });
      return { bytes: rewritten.bytes ?? bytes, isFinal: rewritten.isFinal };
    },
    close: () => worker.close(),
  };
}

function asset(text: string, extension: 'js' | 'css', contentType: string): Asset {
  const representation = createRepresentation(Buffer.from(text));
  return { path: `/mods/${representation.hash}.${extension}`, contentType, representation };
}

/** Something that may be rewritten, as a client asks for it. */
export interface AskedFile {
  readonly route: RewrittenRoute;
  /** Canonical path below the base URL. */
  readonly path: string;
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
const MAX_KEPT = 32;
/** Larger bodies are served, but not kept. */
const MAX_KEPT_BYTES = 2 * 1024 * 1024;

interface Made {
  readonly representation: Representation;
  /** When it is worth trying again, because a mod was stopped; on the clock of `now`. */
  readonly retryMs: number;
}

/**
 * Makes the rewriter.
 *
 * @param rewrittenFiles Answers those in force; asked anew for each request, so that a reload shows at the next load.
 * @param now Milliseconds of a clock that never goes back.
 */
export function createRewriter(
  upstreamFiles: UpstreamFiles,
  manifest: ManifestAddress,
  rewrittenFiles: () => RewrittenFiles,
  now: () => number = () => performance.now(),
): Rewriter {
  const kept = new LRUCache<string, Made>({ max: MAX_KEPT, maxEntrySize: MAX_KEPT_BYTES });
  const oncePerKey = createCoalescing<string, Made>();
  const ready = new WeakMap<
    UpstreamFile,
    { rewrittenFiles: RewrittenFiles; made: Made; prepared: Prepared }
  >();

  async function make(
    key: string,
    original: UpstreamFile,
    route: RewrittenRoute,
    by: RewrittenFiles,
  ): Promise<Made> {
    const { bytes, isFinal } = await by.rewrite(route, original);
    const made = {
      representation: createRepresentation(bytes),
      retryMs: isFinal ? Number.POSITIVE_INFINITY : now() + RETRY_AFTER_MS,
    };
    kept.set(key, made, { size: bytes.length || 1 });
    return made;
  }

  /** One rewrite for all who ask at once. */
  function madeOf(original: UpstreamFile, route: RewrittenRoute, by: RewrittenFiles): Made | Promise<Made> {
    const key = `${route} ${by.id} ${original.key}`;
    const known = kept.get(key);
    if (known !== undefined && now() < known.retryMs) return known;
    return oncePerKey(key, () => make(key, original, route, by));
  }

  function preparedFrom(original: UpstreamFile, by: RewrittenFiles): Prepared | undefined {
    const entry = ready.get(original);
    return entry?.rewrittenFiles === by && now() < entry.made.retryMs ? entry.prepared : undefined;
  }

  async function answerSlowly(
    request: IncomingMessage,
    response: ServerResponse,
    { route, path }: AskedFile,
    by: RewrittenFiles,
  ): Promise<boolean> {
    const { headers, url = '' } = request;
    if (route === 'manifest' && !(await manifest.isManifest(path, headers))) return false;
    const original =
      route === 'branding'
        ? await upstreamFiles.getPersonal(url, headers)
        : await upstreamFiles.get(pathOf(url), headers);
    if (original === undefined) return false;
    let prepared = preparedFrom(original, by);
    if (prepared === undefined) {
      const made = await madeOf(original, route, by);
      // Revalidated at each use: a Jellyfin update or a changed config shows at the next load.
      prepared = prepare(made.representation, [...original.headers, 'Cache-Control', 'private, no-cache']);
      ready.set(original, { rewrittenFiles: by, made, prepared });
    }
    await prepared.respond(request, response);
    return true;
  }

  return {
    answer(request, response, asked) {
      const by = rewrittenFiles();
      if (!by.changes(asked.route)) return false;
      if (asked.route !== 'branding' && asked.route !== 'manifest' && !wantsConfirmed(request)) {
        const original = upstreamFiles.peek(pathOf(request.url ?? ''), request.headers);
        const prepared = original === undefined ? undefined : preparedFrom(original, by);
        if (prepared !== undefined) return prepared.respond(request, response)?.then(() => true) ?? true;
      }
      return answerSlowly(request, response, asked, by);
    },
  };
}

function pathOf(url: string): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/** True for a reload: the client wants to know that it is still right. Source: RFC 9111 sections 5.2.1.4 and 5.4. */
function wantsConfirmed({ headers }: IncomingMessage): boolean {
  const control = headers['cache-control'];
  if (control === undefined) return headers.pragma !== undefined && /no-cache/i.test(headers.pragma);
  return /(?:^|[\s,])(?:no-cache|max-age=0+)(?:$|[\s,])/i.test(control);
}
