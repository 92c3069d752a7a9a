import { createHash } from 'node:crypto';
import type { Asset } from '../http/asset.ts';
import { createRepresentation } from '../http/representation.ts';
import type { RewrittenRoute } from '../jellyfin/routes.ts';
import { replaceServiceWorker } from '../jellyfin/service-worker.ts';
import type { Plan } from '../kit/plan.ts';
import type { RewriteWorker } from './rewrite-worker.ts';
import type { UpstreamFile } from './upstream-files.ts';

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
  /** As of the worker: why pages go out without any mod at the moment. */
  problem(): string | undefined;
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
    const ofEngine = route === 'config' && (script !== undefined || plan.menuLinks.length > 0);
    return ofEngine || (plan.jsonChanges.get(route)?.size ?? 0) > 0;
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
    problem: () => worker.problem(),
    close: () => worker.close(),
  };
}

function asset(text: string, extension: 'js' | 'css', contentType: string): Asset {
  const representation = createRepresentation(Buffer.from(text));
  return { path: `/mods/${representation.hash}.${extension}`, contentType, representation };
}
