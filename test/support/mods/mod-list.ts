import type { Mod, ModList } from '../../../injector/kit/define-mod.ts';

/** The mods of a test, as the program has its own. */
export function modList(mods: readonly Mod[]): ModList {
  return {
    names: mods.map(({ name }) => name),
    load: async (named) =>
      mods.filter(({ name, defaults }) => defaults !== undefined || (named?.includes(name) ?? true)),
  };
}
