import { createHash } from 'node:crypto';
import { satisfies } from 'semver';
import type { ClientSetting } from '../jellyfin/client-settings.ts';
import type { JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS, type StringKey } from '../jellyfin/strings.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import type { Condition } from './conditions.ts';
import { type Claiming, type Conflict, conflictsIn, jsonChangesOf, ModConflictError } from './conflicts.ts';
import { asSeenFromPage } from './css-addresses.ts';
import type { Hooks, Json, JsonChange, MenuLink, Mod, SettingDefault, Tag } from './define-mod.ts';
import { createFiles, type Files, filesIn, type ServedFiles } from './file-option.ts';
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
  /** Document, then top-level key; several of one key are entries of one mod, and run one after the other. */
  readonly jsonChanges: ReadonlyMap<JsonDocument, ReadonlyMap<string, readonly OwnedChange[]>>;
  readonly menuLinks: readonly { readonly mod: string; readonly link: MenuLink }[];
}

/** An entry of the configuration that takes part. */
export interface TakingPart {
  /** Its id; see `SwitchedOn`. */
  readonly mod: string;
  /** As its schema gave them. */
  readonly options: unknown;
  readonly hooks: Hooks;
}

/** Everything the mods that are switched on do, by place, in the order in which they run. */
export interface Plan extends FileChanges {
  /** Changes with the mods, their options, their files and their code on this side; safe in a URL. */
  readonly id: string;
  readonly hooks: readonly TakingPart[];
  readonly strings: ReadonlyMap<StringKey, OwnedText>;
  readonly defaults: ReadonlyMap<ClientSetting, SettingDefault>;
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
  /**
   * Options, as the mod's schema gave them, of each entry that is switched on, by its id: the mod's name, and `NAME#2` for
   * the second entry of one mod. Never changed.
   */
  readonly enabled: { readonly [id: string]: unknown };
  /** When an entry is on, by its id; always, where it is not in here. */
  readonly conditions?: { readonly [id: string]: Condition } | undefined;
}

/** The mod of an entry. */
export const modNameOf = (id: string): string => id.split('#', 1)[0] ?? id;

/** What a plan is made of. */
export interface PlanInput extends SwitchedOn {
  /** What became of files that options name. @default none was read */
  readonly files?: ServedFiles | undefined;
  /** The running Jellyfin; undefined while nobody knows: then no mod is left out for its version. */
  readonly jellyfinVersion: JellyfinVersion | undefined;
  readonly onFailure: OnModFailure;
}

/** What `hooks` of a mod gave, or threw, for one entry. */
type ReadHooks = { readonly id: string; readonly mod: Mod; readonly options: unknown } & (
  | { readonly hooks: Hooks }
  | { readonly error: unknown }
);

/** One configuration is read once, however often it is asked about: for conflicts, and for each version of Jellyfin. */
const known = new WeakMap<
  SwitchedOn['enabled'],
  { mods: readonly Mod[]; files: ServedFiles | undefined; read: readonly ReadHooks[] }
>();

/** While nobody has read the files: what a mod does is known, if not where its files are. */
const ANY_FILES: Files = { get: () => ({ href: '', text: '', entries: [] }) };

function readHooks({ mods, enabled }: SwitchedOn, files: ServedFiles | undefined): readonly ReadHooks[] {
  const before = known.get(enabled);
  const isSame = before?.files === files || filesIn(enabled).length === 0;
  if (before?.mods === mods && isSame) return before.read;
  const lookUp = files === undefined ? ANY_FILES : createFiles(files);
  const read = mods.flatMap((mod) =>
    idsOf(mod.name, enabled).map((id): ReadHooks => {
      const options = enabled[id];
      try {
        return { id, mod, options, hooks: mod.hooks(options, lookUp) };
      } catch (error) {
        return { id, mod, options, error };
      }
    }),
  );
  known.set(enabled, { mods, files, read });
  return read;
}

/** The entries of a mod, in the order of the file. */
function idsOf(name: string, enabled: SwitchedOn['enabled']): string[] {
  const ids = Object.keys(enabled).filter((id) => modNameOf(id) === name);
  return ids.sort((a, b) => Number(a.split('#')[1] ?? 1) - Number(b.split('#')[1] ?? 1));
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
export function createPlan(input: PlanInput): Plan {
  const { mods, enabled, conditions, jellyfinVersion, files, onFailure } = input;
  const hooks: TakingPart[] = [];
  const leftOut: { mod: string; reason: string }[] = [];
  for (const read of readHooks({ mods, enabled }, files ?? {})) {
    const { id: mod } = read;
    const misfit = versionError(read.mod, jellyfinVersion);
    const error = misfit ?? ('error' in read ? read.error : undefined);
    if (misfit === undefined && 'hooks' in read) {
      hooks.push({ mod, options: read.options, hooks: read.hooks });
    } else {
      leftOut.push({ mod, reason: error instanceof Error ? error.message : String(error) });
      onFailure({ mod, hook: misfit === undefined ? 'hooks' : 'jellyfin', error });
    }
  }
  const conflicts = conflictsIn(hooks.map((one) => claiming(one.mod, one.hooks, conditions)));
  if (conflicts.length > 0) throw new ModConflictError(conflicts);
  const changes = collectFileChanges(hooks);
  const { tags, htmlHooks, jsonChanges, menuLinks } = changes;
  const strings = collectStrings(hooks);
  const defaults = new Map(
    hooks.flatMap(
      ({ hooks: wanted }) => Object.entries(wanted.defaults ?? {}) as [ClientSetting, SettingDefault][],
    ),
  );
  const css = joinStylesheets(
    hooks.map((entry) => ({ mod: entry.mod, css: asSeenFromPage(entry.hooks.css ?? '') })),
  );
  const client = hooks.flatMap(({ mod, hooks: { client: options } }) =>
    options === undefined ? [] : [{ name: mod, options }],
  );
  const codeOf = new Map(mods.map((mod) => [mod.name, String(mod.hooks)]));
  const id = hash([
    { css, tags, client, leftOut, menuLinks, files },
    [...strings],
    [...defaults],
    hooks.map(({ mod, options }) => [mod, options, codeOf.get(modNameOf(mod))]),
    htmlHooks.map(({ run }) => String(run)),
    [...jsonChanges].map(([name, all]) => [
      name,
      [...all].map(([key, owned]) => [key, owned.map(({ change }) => String(change))]),
    ]),
  ]);
  return { id, hooks, tags, htmlHooks, jsonChanges, menuLinks, strings, defaults, css, client, leftOut };
}

function claiming(id: string, hooks: Hooks, conditions: SwitchedOn['conditions']): Claiming {
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

function versionError(mod: Mod, version: JellyfinVersion | undefined): ModVersionError | undefined {
  const running = version && `${version.major}.${version.minor}.${version.patch}`;
  if (running === undefined || satisfies(running, mod.jellyfin)) return undefined;
  return new ModVersionError(mod.name, mod.jellyfin, running);
}

/** Collects what mods change in files; they are known to have no conflicts. */
export function collectFileChanges(hooks: readonly Omit<TakingPart, 'options'>[]): FileChanges {
  const jsonChanges = new Map<JsonDocument, Map<string, readonly OwnedChange[]>>();
  for (const { mod, hooks: wanted } of hooks) {
    for (const [document, key, change] of jsonChangesOf(wanted)) {
      const changes = jsonChanges.get(document) ?? new Map<string, readonly OwnedChange[]>();
      jsonChanges.set(document, changes.set(key, [...(changes.get(key) ?? []), { mod, change }]));
    }
  }
  return {
    jsonChanges,
    tags: hooks.flatMap(({ mod, hooks: { tags = [] } }) => tags.map((tag) => ({ mod, tag }))),
    htmlHooks: hooks.flatMap(({ mod, hooks: { html } }) => (html === undefined ? [] : [{ mod, run: html }])),
    menuLinks: hooks.flatMap(({ mod, hooks: { menuLinks = [] } }) =>
      menuLinks.map((link) => ({ mod, link })),
    ),
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
