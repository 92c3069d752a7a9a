import { modNameOf } from '../../injector/kit/entries.ts';
import { MODS } from '../../injector/mods/all.ts';
import { MOD_LIST } from '../../injector/mods/index.ts';
import type { ListedMod } from '../admin/api/world.ts';
import type { Config } from '../config/config.ts';
import { readDataMods } from '../config/data-mods.ts';

/** Lists every mod there is, those of the admin's own folder too, and how the configuration switches it on. */
export async function listMods({
  enabledMods,
  files,
}: Pick<Config, 'enabledMods' | 'files'>): Promise<readonly ListedMod[]> {
  const own = await readDataMods(files.folder, MOD_LIST.names);
  const usable = own.mods.filter(({ name }) => !own.problems.has(name));
  return [...MODS, ...usable].map(({ name, title, jellyfin, definition }) => {
    const ids = Object.keys(enabledMods).filter((id) => modNameOf(id) === name);
    // What a mod that is data was made of is in its options, and no option of it.
    const entries = ids.map((id) => ({ id, options: definition === undefined ? enabledMods[id] : {} }));
    return { name, title, jellyfin, isOn: ids.length > 0, entries };
  });
}
