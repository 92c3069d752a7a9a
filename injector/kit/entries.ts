import type { Condition } from './conditions.ts';
import type { Hooks, Mod } from './define-mod.ts';
import { createFiles, type Files, filesIn, type ServedFiles } from './file-option.ts';

/** The mods that are switched on. */
export interface SwitchedOn {
  /** At least those that are on, in the order in which they run. */
  readonly mods: readonly Mod[];
  /**
   * Options, as the mod's schema gave them, of each entry that is switched on, by its id: the mod's name, and `NAME#2` for
   * the second entry of one mod. Never changed.
   */
  readonly enabled: { readonly [id: string]: unknown };
  /** When an entry is on, by its id; always, where it is not in here. */
  readonly conditions?: { readonly [id: string]: Condition } | undefined;
}

/** The id of an entry of a mod. @param number From 1, in the order of the file. */
export const entryId = (mod: string, number: number): string => (number === 1 ? mod : `${mod}#${number}`);

/** The mod of an entry. */
export const modNameOf = (id: string): string => id.split('#', 1)[0] ?? id;

/** Which of the entries of its mod it is, from 1. */
export const entryNumberOf = (id: string): number => Number(id.split('#')[1] ?? 1);

/** What `hooks` of a mod gave, or threw, for one entry. */
export type ReadHooks = { readonly id: string; readonly mod: Mod; readonly options: unknown } & (
  | { readonly hooks: Hooks }
  | { readonly error: unknown }
);

/** One configuration is read once, however often it is asked about: for conflicts, and for each version of Jellyfin. */
const known = new WeakMap<
  SwitchedOn['enabled'],
  { files: ServedFiles | undefined; read: readonly ReadHooks[] }
>();

/** While nobody has read the files: what a mod does is known, if not where its files are. */
const ANY_FILE = { href: '', text: '', entries: [] };
const ANY_FILES: Files = { get: () => ANY_FILE, find: () => ANY_FILE };

/** What the hooks of each entry are, in the order in which they run; each is asked for once, while its files stay the same. */
export function readHooks(
  { mods, enabled }: SwitchedOn,
  files: ServedFiles | undefined,
): readonly ReadHooks[] {
  const before = known.get(enabled);
  const on = mods.flatMap((mod) => idsOf(mod.name, enabled).map((id) => ({ id, mod })));
  const isOfSameMods =
    before?.read.length === on.length && before.read.every(({ mod }, at) => mod === on[at]?.mod);
  if (isOfSameMods && (before.files === files || filesIn(enabled).length === 0)) return before.read;
  const lookUp = files === undefined ? ANY_FILES : createFiles(files);
  const read = on.map(({ id, mod }): ReadHooks => {
    const options = enabled[id];
    try {
      return { id, mod, options, hooks: mod.hooks(options, lookUp) };
    } catch (error) {
      return { id, mod, options, error };
    }
  });
  known.set(enabled, { files, read });
  return read;
}

/** The entries of a mod, in the order of the file. */
function idsOf(name: string, enabled: SwitchedOn['enabled']): string[] {
  const ids = Object.keys(enabled).filter((id) => modNameOf(id) === name);
  return ids.sort((a, b) => entryNumberOf(a) - entryNumberOf(b));
}
