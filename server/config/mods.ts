import type { Condition } from '../../injector/kit/conditions.ts';
import { findConflicts, findFileChangers, findReplacers } from '../../injector/kit/conflicts.ts';
import { optionsToCarry } from '../../injector/kit/data-mod.ts';
import type { Mod, RestOfConfig } from '../../injector/kit/define-mod.ts';
import { entryId, entryNumberOf, modNameOf, type SwitchedOn } from '../../injector/kit/entries.ts';
import { type Environment, variableOf } from './environment.ts';
import type { Finding } from './findings.ts';
import { fold } from './nearest.ts';
import { isMap, valueAt } from './path.ts';

/**
 * Fills in what the file leaves open about mods: `true` becomes options, and mods say how they are on by themselves. Each
 * entry of a list is filled in for itself. Returns a new group; never throws.
 */
export function fillInMods(
  given: Record<string, unknown>,
  mods: readonly Mod[],
  rest: RestOfConfig,
): Record<string, unknown> {
  const filled: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(filled)) if (value === true) filled[name] = {};
  for (const { name, defaults } of mods) {
    if (defaults === undefined) continue;
    const written = filled[name];
    const fill = (entry: unknown) => (isMap(entry) ? (defaults.fill(entry, rest) ?? entry) : entry);
    if (Array.isArray(written)) filled[name] = written.map(fill);
    // What is switched off, or no group of options, stays as it is.
    if (name in filled && !isMap(written)) continue;
    const options = defaults.fill(isMap(written) ? written : undefined, rest);
    if (options !== undefined) filled[name] = options;
  }
  return filled;
}

/**
 * Finds what mods do not fit of the rest of the file. Looks at the values as written, with the defaults filled in;
 * never throws.
 */
export function checkMods(
  tree: Record<string, unknown>,
  mods: readonly Mod[],
  rest: RestOfConfig,
): Finding[] {
  return mods.flatMap((mod) => {
    const written = valueAt(tree, ['mods', mod.name]);
    const entries: [unknown, PropertyKey[]][] = Array.isArray(written)
      ? written.map((entry: unknown, index) => [entry, ['mods', mod.name, index]])
      : [[written, ['mods', mod.name]]];
    return entries.flatMap(([entry, path]) => {
      if (entry !== false && entry !== undefined && !isMap(entry)) return [];
      const misfits = mod.check?.(entry, rest) ?? [];
      return misfits.map(({ option, message }): Finding => {
        return { path: [...path, ...(option === undefined ? [] : [option])], message, part: 'value' };
      });
    });
  });
}

/** Those of the mods there are that a configuration names, and maybe some more of similar names. Never throws. */
export function findNamedMods(
  names: readonly string[],
  tree: Record<string, unknown> | undefined,
  environment: Environment,
): string[] {
  const written = tree?.['mods'];
  const variables = Object.keys(environment).map(fold);
  return names.filter((name) => {
    const begin = fold(variableOf(['mods', name]));
    return (isMap(written) && name in written) || variables.some((variable) => variable.startsWith(begin));
  });
}

/**
 * Makes the entries that are on from the checked section, by id: the mod's name, and `NAME#2` for the second of a list.
 *
 * @param section As `createModsSection` gave it.
 */
export function resolveMods(
  section: { readonly [name: string]: unknown },
  mods: readonly Mod[],
): { enabledMods: SwitchedOn['enabled']; modConditions: { readonly [id: string]: Condition } } {
  const enabledMods: Record<string, unknown> = {};
  const modConditions: Record<string, Condition> = {};
  for (const mod of mods) {
    const { name } = mod;
    const written = section[name];
    if (written === undefined || written === false) continue;
    for (const [index, entry] of [written].flat().entries()) {
      const id = entryId(name, index + 1);
      const { when, ...options } = Object(entry) as { when?: Condition };
      enabledMods[id] = optionsToCarry(mod, options);
      if (when !== undefined) modConditions[id] = when;
    }
  }
  return { enabledMods, modConditions };
}

/** Where an entry stands in the file: below its mod, and by its number where there are several. */
export function pathOfEntry(id: string, enabled: SwitchedOn['enabled']): readonly PropertyKey[] {
  const mod = modNameOf(id);
  const isListed = entryId(mod, 2) in enabled;
  return ['mods', mod, ...(isListed ? [entryNumberOf(id) - 1] : [])];
}

/**
 * Finds mods that are switched on together and change the same thing, those that change files for everybody while they are
 * for some only, and those that replace text in files nobody reads. A mod that fails in other ways is left out of pages
 * later and is no fault of the configuration.
 *
 * @param isWebKept Whether files of the web client are kept.
 */
export function findModProblems(on: SwitchedOn, isWebKept: boolean): Finding[] {
  const conflicts = findConflicts(on).map(
    ({ thing, mods: owners }): Finding => ({
      path: ['mods', owners.at(-1) ?? ''],
      message: `changes ${thing}, and so does ${owners.slice(0, -1).join(' and ')}; leave only one of them on`,
      part: 'key',
    }),
  );
  const replacers = findReplacers(on);
  const unread = (isWebKept ? [] : replacers).map(({ id }): Finding => {
    const message =
      'replaces text in files of the web client, which pass unread with cache.web: false; remove that line, or switch this mod off';
    return { path: pathOfEntry(id, on.enabled), message, part: 'key' };
  });
  const sometimes = replacers
    .filter(({ isConditional }) => isConditional)
    .map(({ id }): Finding => {
      const message =
        'cannot be said of a mod that replaces text in files of the web client: they are kept once for everybody; remove it';
      return { path: [...pathOfEntry(id, on.enabled), 'when'], message, part: 'key' };
    });
  const misplaced = findFileChangers(on).map(({ id, changes }): Finding => {
    const message = `is decided in the browser, and this mod changes ${changes}, the same for everybody; use network, client, language or a time`;
    const path = [...pathOfEntry(id, on.enabled), 'when', 'person'];
    return { path, message, part: 'value' };
  });
  return [...conflicts, ...unread, ...sometimes, ...misplaced];
}
