import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS, type StringKey } from '../jellyfin/strings.ts';
import type { Hooks, JsonChange } from './define-mod.ts';
import { type Conflict, ModConflictError } from './errors.ts';
import type { Translations } from './translations.ts';

/** A text of Jellyfin's client said differently, with the mod it belongs to. */
export interface OwnedText {
  readonly mod: string;
  readonly translations: Translations;
}

/** A change of one top-level value, with the mod it belongs to. */
export interface OwnedChange {
  readonly mod: string;
  readonly change: JsonChange;
}

/** The exclusive parts of a plan: each entry has one owner. */
export interface Claims {
  readonly strings: ReadonlyMap<StringKey, OwnedText>;
  /** Document, then top-level key. */
  readonly jsonChanges: ReadonlyMap<JsonDocument, ReadonlyMap<string, OwnedChange>>;
}

/**
 * Collects what only one mod may change. Keys of JSON documents are the same when they differ in letter case only,
 * as Jellyfin answers in both cases.
 *
 * @throws {ModConflictError} when something has two owners, with everything that has.
 */
export function createClaims(hooks: readonly { readonly mod: string; readonly hooks: Hooks }[]): Claims {
  const owners = new Map<string, string[]>();
  const claim = (thing: string, mod: string) => owners.set(thing, [...(owners.get(thing) ?? []), mod]);
  const strings = new Map<StringKey, OwnedText>();
  const jsonChanges = new Map<JsonDocument, Map<string, OwnedChange>>();
  for (const { mod, hooks: wanted } of hooks) {
    for (const key of STRING_KEYS) {
      const translations = wanted.strings?.[key];
      if (translations === undefined) continue;
      claim(`the text "${key}"`, mod);
      strings.set(key, { mod, translations });
    }
    for (const name of namesOf(JSON_DOCUMENTS)) {
      for (const [key, change] of Object.entries(wanted.json?.[name] ?? {})) {
        claim(`"${key.toLowerCase()}" in ${JSON_DOCUMENTS[name]}`, mod);
        const changes = jsonChanges.get(name) ?? new Map<string, OwnedChange>();
        jsonChanges.set(name, changes.set(key, { mod, change }));
      }
    }
  }
  const conflicts: Conflict[] = [...owners].flatMap(([thing, mods]) =>
    mods.length > 1 ? [{ thing, mods }] : [],
  );
  if (conflicts.length > 0) throw new ModConflictError(conflicts);
  return { strings, jsonChanges };
}

function namesOf<K extends string>(object: { readonly [key in K]: unknown }): K[] {
  return Object.keys(object) as K[];
}
