import { type GuardSettings, isGuarded } from './admission/path-guard.ts';
import { runsInBrowser } from './client-script.ts';
import { GUARDED_RULES } from './jellyfin/guarded-routes.ts';
import type { PathRule } from './jellyfin/path.ts';
import { FRONT_PATHS, type RewrittenRoute, ROUTE_RULES } from './jellyfin/routes.ts';
import type { Plan } from './kit/plan.ts';
import { changesOf } from './rewrite/rewritten-files.ts';
import { KEPT_RULE } from './static/keep-rules.ts';

/**
 * What Gatehouse does about a request: `own` pages and files, `answered` in Jellyfin's place, a `login` it may hold back,
 * `guarded`, the `front` with the page and the one that waits, `rewritten` by mods, `kept` in the cache. The first one counts, as
 * in the steps of `answers/dispatch`.
 */
export type Taking = 'own' | 'answered' | 'login' | 'guarded' | 'front' | 'rewritten' | 'kept';

/** Canonical paths that must come to Gatehouse, and why. */
export interface TakenPath {
  readonly taking: Taking;
  readonly rule: PathRule;
}

/** What of a configuration decides what must come. */
export interface TakingSettings {
  readonly hasReset: boolean;
  readonly hasLoginThrottle: boolean;
  readonly guard: GuardSettings;
  readonly hasCache: boolean;
  /** Of all entries, whenever they are on. */
  readonly plan: Plan;
}

/**
 * Lists what must come to Gatehouse, for a proxy in front that sends all else straight to Jellyfin. Of the tables that the
 * injector itself decides by; whatever the method is, and rather too much than too little.
 */
export function takenPaths(settings: TakingSettings): readonly TakenPath[] {
  const { plan } = settings;
  const isChanged = changesOf(plan, runsInBrowser(plan));
  const routes = (taking: 'own' | 'answered' | 'login'): TakenPath[] =>
    ROUTE_RULES.filter(({ kind }) => kind === taking).map((rule) => ({ taking, rule }));
  const isRewritten = (route: RewrittenRoute): boolean => route !== 'page' && isChanged(route);
  return [
    ...routes('own'),
    ...(settings.hasReset ? routes('answered') : []),
    ...(settings.hasLoginThrottle ? routes('login') : []),
    ...GUARDED_RULES.filter(({ route }) => isGuarded(route, settings.guard)).map(
      (rule) => ({ taking: 'guarded', rule }) as const,
    ),
    // With the page: the cache has to see each, and mods change it.
    ...FRONT_PATHS.map((path) => ({ taking: 'front', rule: { path, reach: 'exact' } }) as const),
    ...ROUTE_RULES.flatMap((rule) =>
      rule.kind === 'rewritten' && isRewritten(rule.route) ? [{ taking: 'rewritten', rule } as const] : [],
    ),
    ...(settings.hasCache ? [{ taking: 'kept', rule: KEPT_RULE } as const] : []),
  ];
}
