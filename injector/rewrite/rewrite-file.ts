import type { JsonChange } from '../kit/define-mod.ts';
import type { OnModFailure } from '../kit/errors.ts';
import type { Plan } from '../kit/plan.ts';
import { decodeSurely } from './charset.ts';
import { type OwnedChange, rewriteJson } from './json.ts';
import { rewritePage } from './page.ts';
import type { Order } from './worker-protocol.ts';

/** Told before a mod's hook runs, and without arguments after it. */
export type OnStage = (mod?: string, hook?: string) => void;

/** Largest that a file may become, in characters; the engine takes a mod that makes more for broken. */
export const MAX_RESULT_CHARACTERS = 32 * 1024 * 1024;

/**
 * Rewrites one file by a plan, in this process and on this thread.
 *
 * @returns undefined when the file stays as it is: it cannot be decoded for sure, or is not what it should be.
 * Promises: a hook that throws, gives a promise, or makes the file too large is left out and reported.
 */
export function rewriteFile(
  plan: Plan,
  order: Order,
  onStage: OnStage,
  onFailure: OnModFailure,
): Buffer | undefined {
  const decoded = decodeSurely(order.bytes, order.contentType, order.route === 'page');
  if (decoded === undefined) return undefined;
  const watched = watchHooks(plan, order, onStage);
  let rewritten =
    order.route === 'page'
      ? rewritePage(decoded.text, watched, order.extras, onFailure)
      : rewriteJson(decoded.text, watched.jsonChanges.get(order.route) ?? new Map(), onFailure);
  if (order.route === 'config' && order.plugin !== undefined && rewritten !== undefined) {
    rewritten = addPlugin(rewritten, order.plugin, onFailure);
  }
  return rewritten === undefined ? undefined : Buffer.from(decoded.mark + rewritten);
}

/** The plan without the mods that take no part, each hook telling when it begins and being held to its limits. */
function watchHooks(plan: Plan, order: Order, onStage: OnStage): Plan {
  const takesPart = ({ mod }: { readonly mod: string }): boolean => !order.without.includes(mod);
  const watch = <T>(mod: string, hook: string, run: () => T, sizeOf: (result: T) => number): T => {
    onStage(mod, hook);
    const result = run();
    if (result instanceof Promise) {
      // It would be unhandled in a process that lives on.
      result.catch(() => undefined);
      throw new TypeError('a hook must be done when it returns; this one gave a promise');
    }
    // Inside the hook's stage, so that a text too large to be written falls back on who made it.
    if (sizeOf(result) > MAX_RESULT_CHARACTERS) throw new RangeError('the hook made the file too large');
    onStage();
    return result;
  };
  const changes = new Map<string, OwnedChange>();
  for (const [key, { mod, change }] of plan.jsonChanges.get(order.route as never) ?? []) {
    if (!takesPart({ mod })) continue;
    const watched: JsonChange = (value) =>
      watch(
        mod,
        `json ${key}`,
        () => change(value),
        (result) => (JSON.stringify(result) ?? '').length,
      );
    changes.set(key, { mod, change: watched });
  }
  return {
    ...plan,
    tags: plan.tags.filter(takesPart),
    htmlHooks: plan.htmlHooks.filter(takesPart).map(({ mod, run }) => ({
      mod,
      run: (page) =>
        watch(
          mod,
          'html',
          () => run(page),
          () => page.html().length,
        ),
    })),
    jsonChanges: order.route === 'page' ? new Map() : new Map([[order.route, changes]]),
  };
}

/**
 * Adds our plugin to those that Jellyfin's plugin manager loads, after what mods made of them: a mod that fails there
 * takes no other mod's part in the browser along.
 */
function addPlugin(text: string, plugin: string, onFailure: OnModFailure): string | undefined {
  const change: JsonChange = (plugins) => {
    if (!Array.isArray(plugins)) return [plugin];
    return plugins.includes(plugin) ? plugins : [...plugins, plugin];
  };
  return rewriteJson(text, new Map([['plugins', { mod: 'gatehouse', change }]]), onFailure);
}
