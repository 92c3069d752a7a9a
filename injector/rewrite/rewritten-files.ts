import { createHash } from 'node:crypto';
import type { Asset } from '../http/asset.ts';
import { createRepresentation, hashOf } from '../http/representation.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import { replaceServiceWorker } from '../jellyfin/service-worker.ts';
import { tellTab } from '../jellyfin/tab-mode.ts';
import { PLUGIN_ENTRY } from '../jellyfin/web-client.ts';
import type { Plan } from '../kit/plan.ts';
import type { RewriteWorker } from './rewrite-worker.ts';
import type { UpstreamFile } from './upstream-files.ts';

/** All that browsers get of one configuration: how files are rewritten, and our own script and stylesheet. */
export interface RewrittenFiles {
  /** Changes whenever anything in it changes. */
  readonly id: string;
  /** Names who gets it: the entries that take part and have conditions; empty for everybody else. */
  readonly audience: string;
  /** Headers of requests that were looked at to decide that. */
  readonly varies: readonly string[];
  /** Whether files are those of Jellyfin, with nothing announced in them either. */
  readonly isBare: boolean;
  /** Whether everybody who asks at the same time gets the same; tabs that ask for another set aside. */
  readonly isForAll: boolean;
  readonly assets: readonly Asset[];
  /** False when a file is passed through as it is, for everybody: what some get differently must not be kept for all. */
  changes(route: RewrittenRoute): boolean;
  /**
   * Rewrites a file, away from this thread. What cannot be read as what it should be comes back as it is.
   *
   * @throws {Error} when mods cannot be run at all.
   */
  rewrite(route: RewrittenRoute, original: UpstreamFile): Promise<RewrittenFile>;
}

/** Which of the entries of a configuration take part in what a browser gets. */
export interface Variant {
  /** Names it among those of all configurations; empty where no entry with conditions takes part. */
  readonly audience: string;
  /** Ids of entries that do not. */
  readonly without: readonly string[];
  /** Headers of requests that were looked at to decide it. */
  readonly varies: readonly string[];
  /** Whether any entry of the configuration changes a file, at whatever time. */
  readonly isEverChanged: (route: RewrittenRoute) => boolean;
  /** Nothing takes part: files go out as Jellyfin has them. */
  readonly isBare: boolean;
  /** Only tabs that ask for it get it: bare, or with entries that are for previews. */
  readonly isForTab: boolean;
  /** Whether all but such tabs get it, as long as it is the time for it. */
  readonly isForAll: boolean;
}

/** Our script, and the texts of each language that it may ask for. */
export interface ScriptToServe {
  readonly source: string;
  /** `name` is that of the file below `/gatehouse/mods/`, and changes with what is in it. */
  readonly languages: readonly { readonly name: string; readonly source: string }[];
}

/** A file as browsers get it. */
export interface RewrittenFile {
  readonly bytes: Buffer;
  /** False when a mod was stopped for it: worth another try later. */
  readonly isFinal: boolean;
}

/** Address of a stylesheet of ours, as seen from the page. */
export const styleUrlOf = (css: string): string => `../gatehouse/mods/${hashOf(Buffer.from(css))}.css`;

/**
 * Makes the rewritten files of a plan and of the client script that belongs to it (undefined when nothing runs in the browser).
 *
 * @param variant Which entries of the configuration do not take part in the plan.
 */
export function createRewrittenFiles(
  plan: Plan,
  clientScript: ScriptToServe | undefined,
  worker: RewriteWorker,
  variant: Variant,
): RewrittenFiles {
  if (variant.isBare) return bareFiles(variant);
  const script =
    clientScript === undefined
      ? undefined
      : asset(clientScript.source, 'js', 'text/javascript; charset=utf-8');
  const style = plan.css === '' ? undefined : asset(plan.css, 'css', 'text/css; charset=utf-8');
  const ofPersons = [...plan.personCss.values()].map((css) => asset(css, 'css', 'text/css; charset=utf-8'));
  const languages = (clientScript?.languages ?? []).map(({ name, source }) => textsAsset(name, source));
  const assets = [script, style, ...ofPersons, ...languages].filter((entry) => entry !== undefined);
  const id = createHash('sha256')
    .update(`${plan.id} ${assets.map((entry) => entry.path).join(' ')}`)
    .digest('base64url');

  const extras = {
    ...(script === undefined ? {} : { scriptUrl: `../gatehouse${script.path}` }),
    ...(style === undefined ? {} : { styleUrl: `../gatehouse${style.path}` }),
  };
  const plugin = script === undefined ? {} : { plugin: PLUGIN_ENTRY };

  return {
    id,
    audience: variant.audience,
    varies: variant.varies,
    isBare: false,
    isForAll: variant.isForAll,
    assets,
    changes: variant.isEverChanged,
    async rewrite(route, { bytes, contentType }) {
      if (route === 'service-worker') {
        return { bytes: replaceServiceWorker(bytes), isFinal: true };
      }
      if (route === 'page' && !changesPage(plan, script !== undefined))
        return { bytes: forTab(bytes, route, variant), isFinal: true };
      const job = { route, bytes, contentType, extras, ...plugin };
      const rewritten = await worker.rewrite(job, variant.without);
      return { bytes: forTab(rewritten.bytes ?? bytes, route, variant), isFinal: rewritten.isFinal };
    },
  };
}

/**
 * Tells which files a plan changes.
 *
 * @param hasScript Whether anything of it runs in the browser.
 */
export function changesOf(plan: Plan, hasScript: boolean): (route: RewrittenRoute) => boolean {
  const isChanged = (route: RewrittenRoute): boolean => {
    // Replaced files have other addresses in it, and a tab that is to be bare says so by it.
    if (route === 'page') return changesPage(plan, hasScript) || plan.replacements.length > 0;
    // 10.8's worker keeps all of these.
    if (route === 'service-worker') return isChanged('page') || isChanged('config') || isChanged('manifest');
    const ofEngine = route === 'config' && (hasScript || plan.menuLinks.length > 0);
    return ofEngine || (plan.jsonChanges.get(route)?.size ?? 0) > 0;
  };
  return isChanged;
}

function changesPage({ css, htmlHooks, tags }: Plan, hasScript: boolean): boolean {
  return hasScript || css !== '' || htmlHooks.length > 0 || tags.length > 0;
}

/** What such a tab asks for says so only if its page lets it. */
function forTab(bytes: Buffer, route: RewrittenRoute, { isForTab }: Variant): Buffer {
  return isForTab && route === 'page' ? tellTab(bytes) : bytes;
}

/** Files as Jellyfin has them, but for 10.8's service worker, which would keep what it once saw. */
function bareFiles(variant: Variant): RewrittenFiles {
  const { audience, varies, isEverChanged } = variant;
  return {
    ...{ id: 'bare', audience, varies, isBare: true, isForAll: false, assets: [], changes: isEverChanged },
    rewrite: async (route, { bytes }) => ({
      bytes: route === 'service-worker' ? replaceServiceWorker(bytes) : forTab(bytes, route, variant),
      isFinal: true,
    }),
  };
}

function asset(text: string, extension: 'js' | 'css', contentType: string): Asset {
  const representation = createRepresentation(Buffer.from(text));
  return { path: `/mods/${representation.hash}.${extension}`, contentType, representation };
}

function textsAsset(name: string, text: string): Asset {
  const representation = createRepresentation(Buffer.from(text));
  return { path: `/mods/${name}`, contentType: 'application/json; charset=utf-8', representation };
}
