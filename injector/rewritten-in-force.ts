import { extname } from 'node:path';
import type { Assets } from './answers/assets.ts';
import { createClientScript } from './client-script.ts';
import type { InjectorParts, InjectorSettings } from './injector.ts';
import type { JellyfinVersion } from './jellyfin/versions.ts';
import type { ModFailures } from './kit/mod-failures.ts';
import { createPlan } from './kit/plan.ts';
import { createRewriteWorker } from './rewrite/rewrite-worker.ts';
import { createRewrittenFiles, type RewrittenFiles } from './rewrite/rewritten-files.ts';

/**
 * Makes of a configuration what browsers get of it, and makes its script and stylesheet reachable.
 *
 * @param version Of the running Jellyfin; undefined while nobody knows.
 * @throws {ModConflictError} when two mods claim the same thing.
 */
export async function putInForce(
  settings: InjectorSettings,
  version: JellyfinVersion | undefined,
  {
    parts,
    assets,
    failures,
  }: { readonly parts: InjectorParts; readonly assets: Assets; readonly failures: ModFailures },
): Promise<RewrittenFiles> {
  failures.forget();
  const onFailure = failures.note;
  const plan = createPlan({
    mods: parts.mods,
    enabled: settings.enabledMods,
    conditions: settings.modConditions,
    files: settings.modFiles,
    jellyfinVersion: version,
    onFailure,
  });
  const script = await createClientScript({ folder: parts.clientFolder, plan, onFailure });
  const worker = createRewriteWorker(
    {
      modsUrl: parts.modsUrl ?? new URL(`./mods/index${extname(import.meta.url)}`, import.meta.url).href,
      takingPart: plan.hooks.map(({ mod, options }) => ({ mod, options })),
      files: settings.modFiles ?? {},
    },
    onFailure,
  );
  const rewrittenFiles = createRewrittenFiles(plan, script?.source, worker);
  assets.publish(rewrittenFiles);
  return rewrittenFiles;
}
