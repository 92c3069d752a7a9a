import { createHash } from 'node:crypto';
import type { LanguageFiles } from './client/client-data.ts';
import { resolveLanguage, TAGS_OF_OURS, type Translations } from './kit/translations.ts';

/** The texts of one language, as a file. */
export interface LanguageFile {
  /** Below `/gatehouse/mods/`. */
  readonly name: string;
  /** Texts by id, as JSON. */
  readonly source: string;
}

/** The languages that a client script may ask for. */
export interface LanguagePacks {
  readonly files: readonly LanguageFile[];
  /** What the script is told of them. */
  readonly told: LanguageFiles;
}

/**
 * Takes texts apart: one file a language, English left out. Their names change with what is in any of them.
 *
 * @param texts By id.
 * @returns undefined where everything is in English alone.
 */
export function packLanguages(texts: ReadonlyMap<string, Translations>): LanguagePacks | undefined {
  const tags = [...new Set([...texts.values()].flatMap((all) => Object.keys(all)))].filter(
    (tag) => tag !== 'en',
  );
  if (tags.length === 0) return undefined;
  const packs = tags.sort().map((tag) => {
    const said = [...texts].flatMap(([id, all]) => (all[tag] === undefined ? [] : [[id, all[tag]]]));
    return { tag, source: JSON.stringify(Object.fromEntries(said)) };
  });
  const hash = createHash('sha256').update(JSON.stringify(packs)).digest('base64url').slice(0, 22);
  return {
    files: packs.map(({ tag, source }) => ({ name: `${hash}-${tag}.json`, source })),
    told: { url: `../gatehouse/mods/${hash}-*.json`, byTag: namesByTag(tags) },
  };
}

/** Which file each tag means: its own, and for other names of our languages that of the language. */
function namesByTag(tags: readonly string[]): { readonly [tag: string]: string } {
  const meant = TAGS_OF_OURS.flatMap((tag) => {
    const file = resolveLanguage(tag)?.toLowerCase();
    return file !== undefined && tags.includes(file) ? [[tag, file] as const] : [];
  });
  return Object.fromEntries([...meant, ...tags.map((tag) => [tag, tag] as const)]);
}

/** Texts of a file such as `texts.json`, by id. */
export function textsById(
  owner: string,
  texts: { readonly [key: string]: Translations },
): [string, Translations][] {
  return Object.entries(texts).map(([key, all]) => [`${owner}.${key}`, all]);
}
