import { createHash } from 'node:crypto';
import { satisfies } from 'semver';
import type { ClientSetting } from '../jellyfin/client-settings.ts';
import type { JsonDocument } from '../jellyfin/routes.ts';
import { STRING_KEYS, type StringKey } from '../jellyfin/strings.ts';
import type { JellyfinVersion } from '../jellyfin/versions.ts';
import { PERSONS, type Person } from './conditions.ts';
import { claiming, conflictsIn, jsonChangesOf, ModConflictError } from './conflicts.ts';
import { asSeenFromPage } from './css-addresses.ts';
import type { Hooks, Json, JsonChange, MenuLink, Mod, Tag } from './define-mod.ts';
import { modNameOf, readHooks, type SwitchedOn } from './entries.ts';
import { missingIn, type ServedFiles } from './file-option.ts';
import type { OnModFailure } from './mod-failures.ts';
import type { Replacement } from './replacements.ts';
import { defaultsOn, type SettingDefault } from './setting-defaults.ts';
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
  /** Text of the client's files that is replaced. */
  readonly replacements: readonly { readonly mod: string; readonly replacement: Replacement }[];
  /** The one stylesheet of all mods; empty when there are no rules. */
  readonly css: string;
  /** Rules of entries that are for some persons only, in a stylesheet of their own. */
  readonly personCss: ReadonlyMap<Person, string>;
  /** Mods with a part in the browser, what it is given, and for whom it runs; left out: for everybody. */
  readonly client: readonly { readonly name: string; readonly options: Json; readonly person?: Person }[];
  /** Mods that are switched on and take no part. */
  readonly leftOut: readonly { readonly mod: string; readonly reason: string }[];
  /** Files that could not be had, of mods that go on without them. */
  readonly missingFiles: readonly { readonly mod: string; readonly reason: string }[];
}

/** What a plan is made of. */
export interface PlanInput extends SwitchedOn {
  /** Ids of entries that take no part. @default none */
  readonly without?: readonly string[] | undefined;
  /** What became of files that options name. @default none was read */
  readonly files?: ServedFiles | undefined;
  /** The running Jellyfin; undefined while nobody knows: then no mod is left out for its version. */
  readonly jellyfinVersion: JellyfinVersion | undefined;
  readonly onFailure: OnModFailure;
}

/**
 * Turns the mods that are switched on into what has to be done, by place.
 *
 * A mod that is not for this version of Jellyfin, or whose `hooks` throws, is left out and reported once; the others stand.
 * So is each file that could not be had of a mod that goes on without it.
 * Promises: the same input gives the same plan and `id`; nothing of it changes later; `hooks` of a mod is called once
 * for one `enabled`.
 *
 * @throws {ModConflictError} when two mods claim the same thing, with all such things.
 */
export function createPlan(input: PlanInput): Plan {
  const { mods, enabled, conditions, jellyfinVersion, without = [], files, onFailure } = input;
  const hooks: TakingPart[] = [];
  const leftOut: { mod: string; reason: string }[] = [];
  const missingFiles: { mod: string; reason: string }[] = [];
  for (const read of readHooks({ mods, enabled }, files ?? {})) {
    const { id: mod } = read;
    if (without.includes(mod)) continue;
    const misfit = versionError(read.mod, jellyfinVersion);
    const error = misfit ?? ('error' in read ? read.error : undefined);
    if (misfit === undefined && 'hooks' in read) {
      hooks.push({ mod, options: read.options, hooks: read.hooks });
      for (const missing of missingIn(read.options, files ?? {})) {
        missingFiles.push({ mod, reason: missing.message });
        onFailure({ mod, hook: 'files', error: missing });
      }
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
    hooks.flatMap(({ hooks: wanted }) => defaultsOn(jellyfinVersion, wanted.defaults)),
  );
  const replacements = hooks.flatMap(({ mod, hooks: { replacements: wanted = [] } }) =>
    wanted.map((replacement) => ({ mod, replacement })),
  );
  const personOf = ({ mod }: TakingPart): Person | undefined => conditions?.[mod]?.person;
  const cssOf = (person: Person | undefined): string =>
    joinStylesheets(
      hooks
        .filter((entry) => personOf(entry) === person)
        .map((entry) => ({ mod: entry.mod, css: asSeenFromPage(entry.hooks.css ?? '') })),
    );
  const css = cssOf(undefined);
  const personCss = new Map(
    PERSONS.map((person) => [person, cssOf(person)] as const).filter(([, rules]) => rules !== ''),
  );
  const client = hooks.flatMap((entry) => {
    const { client: options } = entry.hooks;
    const person = personOf(entry);
    return options === undefined ? [] : [{ name: entry.mod, options, ...(person && { person }) }];
  });
  const codeOf = new Map(mods.map((mod) => [mod.name, String(mod.hooks)]));
  const id = hash([
    { css, personCss: [...personCss], tags, client, leftOut, menuLinks, replacements, files },
    [...strings],
    [...defaults],
    hooks.map(({ mod, options }) => [mod, options, codeOf.get(modNameOf(mod))]),
    htmlHooks.map(({ run }) => String(run)),
    [...jsonChanges].map(([name, all]) => [
      name,
      [...all].map(([key, owned]) => [key, owned.map(({ change }) => String(change))]),
    ]),
  ]);
  return {
    id,
    hooks,
    tags,
    htmlHooks,
    jsonChanges,
    menuLinks,
    strings,
    defaults,
    replacements,
    css,
    personCss,
    client,
    leftOut,
    missingFiles,
  };
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
