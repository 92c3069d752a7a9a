/** Languages our own texts come in. English is the one everything falls back to. */
export const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'ar',
  'he',
  'pt-BR',
  'nl',
  'sv',
  'zh-CN',
  'pl',
  'ja',
  'ru',
  'da',
  'nb',
  'cs',
  'uk',
  'zh-TW',
  'tr',
] as const;

/** One of the languages our own texts come in. */
export type Language = (typeof LANGUAGES)[number];

const RIGHT_TO_LEFT: readonly string[] = ['ar', 'he'];

/** Which way a language of ours is written, for the attribute `dir`. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr';
}

/** One text in several languages, by tag in lower case; missing ones fall back to English. */
export type Translations = { readonly en: string } & { readonly [language: string]: string | undefined };

/** A text of Jellyfin's client, said differently. */
export interface ClientWords {
  readonly translations: Translations;
  /** True where who speaks none of these languages keeps Jellyfin's own words; all others get English. */
  readonly isElseTheirs?: boolean;
}

/** Leaves Jellyfin's own words to people in whose language we have none: for texts that are true beside ours. */
export function elseTheirs(translations: Translations): ClientWords {
  return { translations, isElseTheirs: true };
}

/** Reads what a mod says of a text: translations alone fall back to English. */
export function readWords(words: Translations | ClientWords): ClientWords {
  return typeof words['isElseTheirs'] === 'boolean'
    ? (words as ClientWords)
    : { translations: words as Translations };
}

/**
 * Tags that mean one of our languages though theirs begin otherwise: old names, macrolanguages, and scripts and regions that we
 * have under another region's name. Source: the IANA language subtag registry; CLDR, likely subtags.
 */
const MEANT_BY: { readonly [tag: string]: string } = {
  iw: 'he',
  no: 'nb',
  nn: 'nb',
  pt: 'pt-BR',
  zh: 'zh-CN',
  'zh-hant': 'zh-TW',
  'zh-hk': 'zh-TW',
  'zh-mo': 'zh-TW',
};

const BY_TAG: ReadonlyMap<string, Language> = new Map(
  [...LANGUAGES.map((language) => [language, language]), ...Object.entries(MEANT_BY)].flatMap(
    ([tag = '', meant]) => {
      const language = LANGUAGES.find((known) => known === meant);
      return language === undefined ? [] : [[tag.toLowerCase(), language] as const];
    },
  ),
);

/** Every tag that is one of our languages, or another name of one, in lower case. */
export const TAGS_OF_OURS: readonly string[] = [...BY_TAG.keys()];

/** Longest tag that is looked at, in characters; RFC 5646 section 4.4.1 asks for 35. */
const MAX_TAG = 60;

/**
 * Finds our language for a tag such as `de-AT`, `zh-Hant-HK`, `es-419` or `iw`: what stands at the end is left out until
 * one of ours is left. Undefined when none is. Source: RFC 4647 section 3.4 (lookup).
 */
export function resolveLanguage(tag: string): Language | undefined {
  let rest = tag.trim().slice(0, MAX_TAG).toLowerCase().replaceAll('_', '-');
  while (rest !== '') {
    const known = BY_TAG.get(rest);
    if (known !== undefined) return known;
    rest = rest.slice(0, Math.max(0, rest.lastIndexOf('-')));
  }
  return undefined;
}

/**
 * Picks our language for what a browser asks for.
 *
 * @param accepted The `Accept-Language` header, or one tag such as `de-AT`.
 * @param otherwise What is picked where it names none of ours. @default English
 * Source: RFC 9110 section 12.5.4; each tag is looked up as `resolveLanguage` does.
 */
export function pickLanguage(accepted: string | undefined, otherwise: Language = 'en'): Language {
  const wishes = (accepted ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([0-9.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: resolveLanguage(tag), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wishes.find(({ language }) => language !== undefined)?.language ?? otherwise;
}
