import { expect, it } from 'vitest';
import { FULL_GUARD } from '../../injector/admission/path-guard.ts';
import { findGuardedRoute, GUARDED_RULES } from '../../injector/jellyfin/guarded-routes.ts';
import type { PathRule } from '../../injector/jellyfin/path.ts';
import { findRoute, ROUTE_RULES } from '../../injector/jellyfin/routes.ts';
import { createPlan } from '../../injector/kit/plan.ts';
import { takenPaths } from '../../injector/taken-paths.ts';

/** Paths a rule is about. */
function examplesOf(rule: PathRule): string[] {
  if ('pattern' in rule) return ['/users/00000000000000000000000000000001/authenticate'];
  if ('endings' in rule) return [`${rule.path}/a/manifest.json`];
  if (rule.reach === 'exact') return [rule.path];
  return [rule.path, `${rule.path}/`, ...(rule.reach === 'below' ? [`${rule.path}/x`] : [])];
}

it.each(ROUTE_RULES)('$kind: findRoute finds what the rule says', (rule) => {
  const method = rule.kind === 'answered' || rule.kind === 'login' ? 'POST' : 'GET';
  for (const path of examplesOf(rule))
    expect([path, findRoute(method, path)?.kind]).toEqual([path, rule.kind]);
});

it.each(GUARDED_RULES)('$route: findGuardedRoute finds what the rule says', (rule) => {
  for (const path of examplesOf(rule)) expect(findGuardedRoute(path)).toBeDefined();
});

it('what is switched off need not come', () => {
  const plan = createPlan({ mods: [], enabled: {}, jellyfinVersion: undefined, onFailure: () => undefined });
  const off = { hasReset: false, hasLoginThrottle: false, hasCache: false, plan };
  const takings = (guard: typeof FULL_GUARD) =>
    new Set(takenPaths({ ...off, guard }).map(({ taking }) => taking));
  expect(takings(FULL_GUARD)).toEqual(new Set(['own', 'guarded', 'front']));
  expect(takings({ lanRoutes: false, wizard: false, homeOnly: false })).toEqual(new Set(['own', 'front']));
});
