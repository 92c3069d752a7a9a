import { createPublished, type Published } from './answers/assets.ts';
import { createClientScript, runsInBrowser } from './client-script.ts';
import type { InjectorParts, InjectorSettings } from './injector.ts';
import type { JellyfinVersion } from './jellyfin/versions.ts';
import { loadEnabledMods } from './kit/data-mod.ts';
import type { ModFailures } from './kit/mod-failures.ts';
import { createPlan, type Plan, type TakingPart } from './kit/plan.ts';
import type { Replacement } from './kit/replacements.ts';
import { createRewriteWorker } from './rewrite/rewrite-worker.ts';
import { changesOf, createRewrittenFiles, type Variant } from './rewrite/rewritten-files.ts';
import { createVariants, isForAllOf, type Variants, variesOf } from './rewrite/variants.ts';

/** What browsers get of a configuration, and why it goes out without any mod at the moment. */
export interface RewrittenInForce {
  readonly variants: Variants;
  /** What they name. */
  readonly published: Published;
  /** Of all entries, whenever they are on. */
  readonly whole: Plan;
  problem(): string | undefined;
}

/**
 * Makes of the mods that are switched on what browsers get: one plan, script and stylesheet for each combination of
 * entries, and one process that runs the mods for all of them.
 *
 * @param version Of the running Jellyfin; undefined while nobody knows.
 * @throws {ModConflictError} when two mods claim the same thing at times that may coincide.
 */
export async function putInForce(
  settings: Pick<InjectorSettings, 'enabledMods' | 'modConditions' | 'modFiles'>,
  version: JellyfinVersion | undefined,
  {
    parts,
    failures,
  }: {
    readonly parts: Pick<InjectorParts, 'mods' | 'modsUrl' | 'clientFolder' | 'log'>;
    readonly failures: ModFailures;
  },
): Promise<RewrittenInForce> {
  failures.forget();
  const onFailure = failures.note;
  const { enabledMods: enabled, modConditions: conditions = {}, modFiles: files = {} } = settings;
  const mods = await loadEnabledMods(parts.mods, enabled);
  const planOf = (without: readonly string[]) =>
    createPlan({
      ...{ mods, enabled, conditions, files, without, onFailure },
      jellyfinVersion: version,
    });
  // Of all entries, whenever they are on: two that stand against each other are found now and not at somebody's request.
  const whole = planOf([]);
  const worker = createRewriteWorker(
    {
      modsUrl: parts.modsUrl ?? new URL('./mods/', import.meta.url).href,
      takingPart: whole.hooks.filter(changesFiles).map(({ mod, options }) => ({ mod, options })),
      files,
    },
    onFailure,
  );
  const published = createPublished();
  const make = async (variant: Variant) => {
    const plan = variant.without.length === 0 ? whole : planOf(variant.without);
    const script = await createClientScript({ folder: parts.clientFolder, plan, onFailure });
    const rewrittenFiles = createRewrittenFiles(plan, script, worker, variant);
    published.add(rewrittenFiles.assets);
    return rewrittenFiles;
  };
  // Those that are for some persons only are in every page: the browser decides.
  const atRequest = Object.fromEntries(
    Object.entries(conditions).filter(([, when]) => Object.keys(when).some((part) => part !== 'person')),
  );
  const without = Object.keys(atRequest);
  const isEverChanged = changesOf(whole, runsInBrowser(whole));
  const first = await make({
    audience: '',
    without,
    varies: variesOf(atRequest),
    isEverChanged,
    isBare: false,
    isForTab: false,
    isForAll: isForAllOf(atRequest),
  });
  const variants = createVariants({
    ...{ conditions: atRequest, make, first, isEverChanged, close: () => worker.close() },
    onFailure: (error) => parts.log.error({ event: 'plan-failed', error: String(error) }),
  });
  const pick: Variants['pick'] = (...asked) => {
    const picked = variants.pick(...asked);
    if (without.length > 0 && !(picked instanceof Promise)) published.add(picked.assets);
    return picked;
  };
  return { variants: { ...variants, pick }, published, whole, problem: () => worker.problem() };
}

/** The texts of the client's files that are replaced, in order. */
export function replacementsOf({ whole }: RewrittenInForce): Replacement[] {
  return whole.replacements.map(({ replacement }) => replacement);
}

/** Whether there is anything to run in the process of the mods; rules, texts and what runs in the browser are read here. */
function changesFiles({ hooks: { tags, html, json, menuLinks } }: TakingPart): boolean {
  return [tags, html, json, menuLinks].some((hook) => hook !== undefined);
}
