import { z } from 'zod';
import type { JsonDocument } from '../jellyfin/routes.ts';
import type { StringKey } from '../jellyfin/strings.ts';
import { cssUrl } from './css-strings.ts';
import { ASSET_URL, type DataModDefinition } from './data-mod-schema.ts';
import { defineMod, type Hooks, type Mod, type ModList, type Tag } from './define-mod.ts';
import { modNameOf, type SwitchedOn } from './entries.ts';
import { FileMissingError, type Files } from './file-option.ts';
import { assetIn } from './html-element.ts';
import { toTranslations, type WrittenText } from './written-text.ts';

/** Makes a mod of what a `mod.yaml` says. An admin can only switch it on and off, and say when. */
export function createDataMod(definition: DataModDefinition): Mod {
  return defineMod({
    name: definition.name,
    title: definition.title,
    jellyfin: definition.jellyfin,
    options: z.strictObject({}),
    example: {},
    definition,
    hooks: (_options, files) => hooksOf(definition, files),
  });
}

/** Whether a mod brings code of its own into the browser: in scripts, or in what it replaces in those of the client. */
export const runsCode = ({ scripts, replacements = [] }: DataModDefinition): boolean =>
  scripts !== undefined || replacements.some((one) => one.in === 'script');

/** Options of an entry as they go to where mods run: those of a mod that is data are what it was made of, since it is in no list there. */
export function optionsToCarry({ definition }: Mod, options: unknown): unknown {
  return definition === undefined ? options : { definition };
}

/** The mod that options carry; undefined where they carry none. */
export function carriedMod(options: unknown): Mod | undefined {
  const { definition } = Object(options) as { definition?: unknown };
  const isOne = typeof definition === 'object' && definition !== null && 'jellyfin' in definition;
  return isOne ? createDataMod(definition as DataModDefinition) : undefined;
}

/** Puts mods of an admin's own behind all others, but for those that come last. */
export function withOwnMods(mods: readonly Mod[], own: readonly Mod[]): readonly Mod[] {
  if (own.length === 0) return mods;
  const isLast = ({ isLast: last }: Mod): boolean => last === true;
  return [...mods.filter((mod) => !isLast(mod)), ...own, ...mods.filter(isLast)];
}

/** Loads the mods of a configuration, in the order in which they run: those of the list, and those that its entries carry. */
export async function loadEnabledMods(
  list: ModList,
  enabled: SwitchedOn['enabled'],
): Promise<readonly Mod[]> {
  const mods = await list.load(Object.keys(enabled).map(modNameOf));
  const own = new Map<string, Mod>();
  for (const [id, options] of Object.entries(enabled)) {
    const name = modNameOf(id);
    if (own.has(name) || list.names.includes(name)) continue;
    const mod = carriedMod(options);
    if (mod !== undefined) own.set(name, mod);
  }
  const names = [...own.keys()].sort();
  return withOwnMods(
    mods,
    names.flatMap((name) => own.get(name) ?? []),
  );
}

function hooksOf(definition: DataModDefinition, files: Files): Hooks {
  const { styles = [], scripts = [], tags = [], texts, menuLinks, defaults, json, replacements } = definition;
  const hrefOf = (name: string): string => assetHref(definition, name, files);
  // Files bring what they import in themselves; rules written here may begin with an import.
  const css = [
    (definition.css ?? '').replace(ASSET_URL, (_all, _quote, name: string) => cssUrl(hrefOf(name))),
    ...styles.map((file) => files.get(file).text ?? ''),
  ].join('\n');
  const ofScripts = scripts.map(
    (file): Tag => ({
      tag: 'script',
      attributes: { src: files.get(file).href, defer: true },
      place: 'head-end',
    }),
  );
  const allTags = [...tags.map((tag) => withAssets(tag, hrefOf)), ...ofScripts];
  return {
    ...(css.trim() === '' ? {} : { css }),
    ...(allTags.length === 0 ? {} : { tags: allTags }),
    ...(menuLinks && { menuLinks }),
    ...(defaults && { defaults: given(defaults) }),
    ...(texts && { strings: stringsOf(texts) }),
    ...(json && { json: constantsOf(json) }),
    ...(replacements && { replacements }),
  };
}

function assetHref({ assets = {}, name: mod }: DataModDefinition, name: string, files: Files): string {
  const asset = Object.hasOwn(assets, name) ? assets[name] : undefined;
  if (asset === undefined) throw new Error(`mods/${mod}/mod.yaml has no asset ${name}`);
  const { href, entries = [] } = files.get(asset.file);
  if (asset.font === undefined || entries.length === 0) return href;
  const found = entries.find((entry) => entry.name === asset.font);
  if (found === undefined) throw new FileMissingError(asset.file, `has no ${asset.font} in it`);
  return found.href;
}

function withAssets(tag: Tag, hrefOf: (name: string) => string): Tag {
  if (tag.attributes === undefined) return tag;
  const attributes = Object.entries(tag.attributes).map(([attribute, value]) => {
    const name = attribute === 'href' || attribute === 'src' ? assetIn(value) : undefined;
    return [attribute, name === undefined ? value : hrefOf(name)];
  });
  return { ...tag, attributes: Object.fromEntries(attributes) };
}

/** Optional fields that zod writes as undefined are none. */
function given<T extends object>(fields: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function stringsOf(texts: NonNullable<DataModDefinition['texts']>): NonNullable<Hooks['strings']> {
  const all = Object.entries(given(texts)) as [StringKey, WrittenText][];
  return Object.fromEntries(all.map(([key, text]) => [key, toTranslations(text)]));
}

function constantsOf(json: NonNullable<DataModDefinition['json']>): NonNullable<Hooks['json']> {
  const documents = Object.entries(given(json)) as [JsonDocument, Record<string, unknown>][];
  return Object.fromEntries(
    documents.map(([document, values]) => [
      document,
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, () => value])),
    ]),
  );
}
