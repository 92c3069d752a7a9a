import type { Mod } from '../../injector/kit/define-mod.ts';
import { ModConflictError } from '../../injector/kit/errors.ts';
import { createPlan } from '../../injector/kit/plan.ts';
import type { Finding } from './findings.ts';

/**
 * Finds mods that are switched on together and change the same thing. A mod that fails in other ways is left out of
 * pages later and is no fault of the configuration.
 *
 * @param enabled Options of the mods that are on, by name, as their schemas gave them.
 */
export function findConflicts(
  mods: readonly Mod[],
  enabled: { readonly [name: string]: unknown },
): Finding[] {
  try {
    createPlan({ mods, enabled, jellyfinVersion: undefined, onFailure: () => {} });
    return [];
  } catch (error) {
    if (!(error instanceof ModConflictError)) throw error;
    return error.conflicts.map(({ thing, mods: owners }) => ({
      path: ['mods', owners.at(-1) ?? ''],
      message: `changes ${thing}, and so does ${owners.slice(0, -1).join(' and ')}; leave only one of them on`,
      part: 'key',
    }));
  }
}
