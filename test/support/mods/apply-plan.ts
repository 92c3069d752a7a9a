import type { JsonDocument } from '../../../injector/jellyfin/routes.ts';
import type { Mod } from '../../../injector/kit/define-mod.ts';
import { createPlan, type Plan } from '../../../injector/kit/plan.ts';
import { rewritePage } from '../../../injector/rewrite/page.ts';
import { rewriteJson } from '../../../injector/rewrite/rewrite-file.ts';

/** A failure is a failed test here. */
function fail({ mod, hook, error }: { mod: string; hook: string; error: unknown }): never {
  throw new Error(`${mod} ${hook}`, { cause: error });
}

/** The plan of some mods with the options an admin wrote, in the order given. */
export function planOf(mods: readonly { readonly mod: Mod; readonly options: unknown }[]): Plan {
  return createPlan({
    mods: mods.map(({ mod }) => mod),
    enabled: Object.fromEntries(mods.map(({ mod, options }) => [mod.name, mod.options.parse(options)])),
    jellyfinVersion: { major: 10, minor: 11, patch: 11 },
    onFailure: fail,
  });
}

/** What a plan makes of the page, without the addresses of our own script and stylesheet. */
export function applyToPage(plan: Plan, html: string): string {
  return rewritePage(html, plan, {}, fail);
}

/** What a plan makes of one of Jellyfin's JSON documents. */
export function applyToJson(plan: Plan, document: JsonDocument, text: string): string | undefined {
  return rewriteJson(text, plan.jsonChanges.get(document) ?? new Map(), fail);
}

/** The texts of a plan by key, without their owners. */
export function stringsOf(plan: Plan): Record<string, unknown> {
  return Object.fromEntries([...plan.strings].map(([key, { translations }]) => [key, translations]));
}
