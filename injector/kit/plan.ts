import { createHash } from 'node:crypto';
import { satisfies } from 'semver';
import { JSON_DOCUMENTS, type JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS, type StringKey } from '../jellyfin/strings.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import { asSeenFromPage } from './css-addresses.ts';
import type { Hooks, Json, JsonChange, Mod, Tag } from './define-mod.ts';
import type { OnModFailure } from './mod-failures.ts';
import { joinStylesheets } from './stylesheet.ts';
import { type ClientWords, readWords } from './translations.ts';

/** A text of Jellyfin's client said differently, with the mod it belongs to. */
export interface OwnedText extends ClientWords {
  readonly mod: string;
}

/** A change of one top-level value, with the mod it belongs to. */
export interface OwnedChange {
  readonly mod: string;
  readonly change: JsonChange;
}

/** What the mods change in files of Jellyfin's, in the order in which they run. */
export interface FileChanges {
  readonly tags: readonly { readonly mod: string; readonly tag: Tag }[];
  readonly htmlHooks: readonly { readonly mod: string; readonly run: NonNullable<Hooks['html']> }[];
  /** Document, then top-level key. */
  readonly jsonChanges: ReadonlyMap<JsonDocument, ReadonlyMap<string, OwnedChange>>;
}

/** A mod that takes part. */
export interface TakingPart {
  readonly mod: string;
  /** As its schema gave them. */
  readonly options: unknown;
  readonly hooks: Hooks;
}

/** Everything the mods that are switched on do, by place, in the order in which they run. */
export interface Plan extends FileChanges {
  /** Changes with the mods, their options and their code on this side; safe in a URL. */
  readonly id: string;
  readonly hooks: readonly TakingPart[];
  readonly strings: ReadonlyMap<StringKey, OwnedText>;
  /** The one stylesheet of all mods; empty when there are no rules. */
  readonly css: string;
  /** Mods with a part in the browser, and what it is given. */
  readonly client: readonly { readonly name: string; readonly options: Json }[];
  /** Mods that are switched on and take no part. */
  readonly leftOut: readonly { readonly mod: string; readonly reason: string }[];
}

/** The mods that are switched on. */
export interface SwitchedOn {
  /** All mods there are, in the order in which they run. */
  readonly mods: readonly Mod[];
  /** Options, as the mod's schema gave them, of each mod that is switched on, by its name. Never changed. */
  readonly enabled: { readonly [name: string]: unknown };
}

/** What a plan is made of. */
export interface PlanInput extends SwitchedOn {
  /** The running Jellyfin; undefined while nobody knows: then no mod is left out for its version. */
  readonly jellyfinVersion: JellyfinVersion | undefined;
  readonly onFailure: OnModFailure;
}

/** What `hooks` of a mod gave, or threw. */
type ReadHooks = { readonly mod: Mod; readonly options: unknown } & (
  | { readonly hooks: Hooks }
  | { readonly error: unknown }
);

/** One configuration is read once, however often it is asked about: for conflicts, and for each version of Jellyfin. */
const known = new WeakMap<SwitchedOn['enabled'], { mods: readonly Mod[]; read: readonly ReadHooks[] }>();

function readHooks({ mods, enabled }: SwitchedOn): readonly ReadHooks[] {
  const before = known.get(enabled);
  if (before?.mods === mods) return before.read;
  const read = mods
    .filter(({ name }) => Object.hasOwn(enabled, name))
    .map((mod): ReadHooks => {
      const options = enabled[mod.name];
      try {
        return { mod, options, hooks: mod.hooks(options) };
      } catch (error) {
        return { mod, options, error };
      }
    });
  known.set(enabled, { mods, read });
  return read;
}

/**
 * Turns the mods that are switched on into what has to be done, by place.
 *
 * A mod that is not for this version of Jellyfin, or whose `hooks` throws, is left out and reported once; the others stand.
 * Promises: the same input gives the same plan and `id`; nothing of it changes later; `hooks` of a mod is called once
 * for one `enabled`.
 *
 * @throws {ModConflictError} when two mods claim the same thing, with all such things.
 */
export function createPlan({ mods, enabled, jellyfinVersion, onFailure }: PlanInput): Plan {
  const hooks: TakingPart[] = [];
  const leftOut: { mod: string; reason: string }[] = [];
  for (const read of readHooks({ mods, enabled })) {
    const { name: mod } = read.mod;
    const misfit = versionError(read.mod, jellyfinVersion);
    const error = misfit ?? ('error' in read ? read.error : undefined);
    if (misfit === undefined && 'hooks' in read) {
      hooks.push({ mod, options: read.options, hooks: read.hooks });
    } else {
      leftOut.push({ mod, reason: error instanceof Error ? error.message : String(error) });
      onFailure({ mod, hook: misfit === undefined ? 'hooks' : 'jellyfin', error });
    }
  }
  const conflicts = conflictsIn(hooks);
  if (conflicts.length > 0) throw new ModConflictError(conflicts);
  const { tags, htmlHooks, jsonChanges } = collectFileChanges(hooks);
  const strings = collectStrings(hooks);
  const css = joinStylesheets(
    hooks.map((entry) => ({ mod: entry.mod, css: asSeenFromPage(entry.hooks.css ?? '') })),
  );
  const client = hooks.flatMap(({ mod, hooks: { client: options } }) =>
    options === undefined ? [] : [{ name: mod, options }],
  );
  const inForce = mods.filter((mod) => hooks.some((entry) => entry.mod === mod.name));
  const id = hash([
    { css, tags, client, leftOut },
    [...strings],
    inForce.map((mod) => [mod.name, enabled[mod.name], String(mod.hooks)]),
    htmlHooks.map(({ run }) => String(run)),
    [...jsonChanges].map(([name, changes]) => [
      name,
      [...changes].map(([key, { change }]) => [key, String(change)]),
    ]),
  ]);
  return { id, hooks, tags, htmlHooks, jsonChanges, strings, css, client, leftOut };
}

function versionError(mod: Mod, version: JellyfinVersion | undefined): ModVersionError | undefined {
  const running = version && `${version.major}.${version.minor}.${version.patch}`;
  if (running === undefined || satisfies(running, mod.jellyfin)) return undefined;
  return new ModVersionError(mod.name, mod.jellyfin, running);
}

/** Collects what mods change in files; they are known to have no conflicts. */
export function collectFileChanges(hooks: readonly Omit<TakingPart, 'options'>[]): FileChanges {
  const jsonChanges = new Map<JsonDocument, Map<string, OwnedChange>>();
  for (const { mod, hooks: wanted } of hooks) {
    for (const [document, key, change] of jsonChangesOf(wanted)) {
      const changes = jsonChanges.get(document) ?? new Map<string, OwnedChange>();
      jsonChanges.set(document, changes.set(key, { mod, change }));
    }
  }
  return {
    jsonChanges,
    tags: hooks.flatMap(({ mod, hooks: { tags = [] } }) => tags.map((tag) => ({ mod, tag }))),
    htmlHooks: hooks.flatMap(({ mod, hooks: { html } }) => (html === undefined ? [] : [{ mod, run: html }])),
  };
}

function collectStrings(hooks: readonly TakingPart[]): Map<StringKey, OwnedText> {
  const strings = new Map<StringKey, OwnedText>();
  for (const { mod, hooks: wanted } of hooks) {
    for (const key of STRING_KEYS) {
      const text = wanted.strings?.[key];
      if (text !== undefined) strings.set(key, { mod, ...readWords(text) });
    }
  }
  return strings;
}

function jsonChangesOf({ json }: Hooks): [JsonDocument, string, JsonChange][] {
  const documents = Object.keys(JSON_DOCUMENTS) as JsonDocument[];
  return documents.flatMap((document) =>
    Object.entries(json?.[document] ?? {}).map(([key, change]): [JsonDocument, string, JsonChange] => [
      document,
      key,
      change,
    ]),
  );
}

/** Something only one mod may change, wanted by several. */
export interface Conflict {
  /** What they all change, for people: `the text "NewPassword"`. */
  readonly thing: string;
  /** Names of the mods, in the order in which they run. */
  readonly mods: readonly string[];
}

/**
 * Finds what several of the mods that are switched on would change, whatever the version of Jellyfin. Keys of JSON
 * documents are the same when they differ in letter case only, as Jellyfin answers in both cases. Never throws.
 */
export function findConflicts(on: SwitchedOn): Conflict[] {
  return conflictsIn(
    readHooks(on).flatMap((read) => ('hooks' in read ? [{ mod: read.mod.name, hooks: read.hooks }] : [])),
  );
}

function conflictsIn(hooks: readonly Omit<TakingPart, 'options'>[]): Conflict[] {
  const owners = new Map<string, string[]>();
  for (const { mod, hooks: wanted } of hooks) {
    const keys = STRING_KEYS.filter((key) => wanted.strings?.[key] !== undefined);
    for (const thing of [
      ...keys.map((key) => `the text "${key}"`),
      ...jsonChangesOf(wanted).map(([name, key]) => `"${key.toLowerCase()}" in ${JSON_DOCUMENTS[name]}`),
    ])
      owners.set(thing, [...(owners.get(thing) ?? []), mod]);
  }
  return [...owners].flatMap(([thing, mods]) => (mods.length > 1 ? [{ thing, mods }] : []));
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

/** A mod was proved on other versions of Jellyfin than the one that runs. */
export class ModVersionError extends Error {
  readonly code = 'MOD_VERSION';

  constructor(mod: string, range: string, running: string) {
    super(`mod "${mod}" was proved on Jellyfin ${range}, and this one is ${running}; it is left out`);
    this.name = 'ModVersionError';
  }
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
