import type { ClientSetting } from '../jellyfin/client-settings.ts';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS } from '../jellyfin/strings.ts';
import { type Condition, mayCoincide } from './conditions.ts';
import type { Hooks, JsonChange } from './define-mod.ts';
import { modNameOf, readHooks, type SwitchedOn } from './entries.ts';

/** Something only one mod may change, wanted by several. */
export interface Conflict {
  /** What they all change, for people: `the text "NewPassword"`. */
  readonly thing: string;
  /** Names of the mods, in the order in which they run. */
  readonly mods: readonly string[];
}

/** What an entry of the configuration would change, and when. */
export interface Claiming {
  /** Name of its mod; several entries of one mod never stand against each other: the later one comes after. */
  readonly mod: string;
  readonly hooks: Hooks;
  /** Undefined: always. */
  readonly when: Condition | undefined;
}

/** What an entry claims. */
export function claiming(id: string, hooks: Hooks, conditions: SwitchedOn['conditions']): Claiming {
  return { mod: modNameOf(id), hooks, when: conditions?.[id] };
}

/**
 * Finds what several of the mods that are switched on would change, whatever the version of Jellyfin. Keys of JSON
 * documents are the same when they differ in letter case only, as Jellyfin answers in both cases. Never throws.
 */
export function findConflicts(on: SwitchedOn): Conflict[] {
  const read = readHooks(on, undefined);
  return conflictsIn(
    read.flatMap((one) => ('hooks' in one ? [claiming(one.id, one.hooks, on.conditions)] : [])),
  );
}

/** Finds what several mods change at the same time. Never throws. */
export function conflictsIn(entries: readonly Claiming[]): Conflict[] {
  const owners = new Map<string, Claiming[]>();
  for (const entry of entries)
    for (const thing of thingsOf(entry.hooks)) owners.set(thing, [...(owners.get(thing) ?? []), entry]);
  return [...owners].flatMap(([thing, all]) => {
    const clashing = all.filter((one) =>
      all.some((other) => other.mod !== one.mod && mayCoincide(one.when, other.when)),
    );
    const mods = [...new Set(clashing.map(({ mod }) => mod))];
    return mods.length > 1 ? [{ thing, mods }] : [];
  });
}

/** What only one mod may change, for people. */
function thingsOf(hooks: Hooks): string[] {
  const keys = STRING_KEYS.filter((key) => hooks.strings?.[key] !== undefined);
  return [
    ...keys.map((key) => `the text "${key}"`),
    ...jsonChangesOf(hooks).map(([name, key]) => `"${key.toLowerCase()}" in ${JSON_DOCUMENTS[name]}`),
    ...(Object.keys(hooks.defaults ?? {}) as ClientSetting[]).map((name) => `the default of "${name}"`),
  ];
}

/** An entry that is for some persons only and changes what is the same for everybody. */
export interface FileChanger {
  readonly id: string;
  /** What it changes, for people. */
  readonly changes: string;
}

/** Finds entries that cannot be for some persons only. Never throws. */
export function findFileChangers(on: SwitchedOn): FileChanger[] {
  return readHooks(on, undefined).flatMap((read) => {
    if (!('hooks' in read) || on.conditions?.[read.id]?.person === undefined) return [];
    const { tags, html, json, menuLinks, defaults, strings } = read.hooks;
    const changes = [
      ...(tags === undefined && html === undefined ? [] : ['the page']),
      ...(json === undefined ? [] : Object.keys(json)),
      ...(menuLinks === undefined ? [] : ['the menu']),
      ...(defaults === undefined ? [] : ['settings']),
      ...(strings === undefined ? [] : ['texts']),
    ];
    return changes.length === 0 ? [] : [{ id: read.id, changes: changes.join(', ') }];
  });
}

/** Finds entries that replace text in files of the client, and whether they say when they are on. Never throws. */
export function findReplacers(on: SwitchedOn): { readonly id: string; readonly isConditional: boolean }[] {
  return readHooks(on, undefined).flatMap((read) =>
    'hooks' in read && read.hooks.replacements !== undefined
      ? [{ id: read.id, isConditional: on.conditions?.[read.id] !== undefined }]
      : [],
  );
}

/** What a mod changes in JSON documents: document, key, change. */
export function jsonChangesOf({ json }: Hooks): [JsonDocument, string, JsonChange][] {
  const documents = Object.keys(JSON_DOCUMENTS) as JsonDocument[];
  return documents.flatMap((document) =>
    Object.entries(json?.[document] ?? {}).map(([key, change]): [JsonDocument, string, JsonChange] => [
      document,
      key,
      change,
    ]),
  );
}

/** Mods that are switched on together change the same thing. Carries all conflicts, not only the first. */
export class ModConflictError extends Error {
  readonly code = 'MOD_CONFLICT';
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(conflicts.map(describe).join('\n'));
    this.name = 'ModConflictError';
    this.conflicts = conflicts;
  }
}

function describe({ thing, mods }: Conflict): string {
  const names = mods.map((mod) => `"${mod}"`);
  const last = names.pop();
  const everybody = names.length === 1 ? 'both' : 'all';
  const fix = names.length === 1 ? 'turn one of them off' : 'leave only one of them on';
  return `mods ${names.join(', ')} and ${last} ${everybody} change ${thing}; ${fix}`;
}
