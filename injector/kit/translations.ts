/** Languages our own texts come in. English is the one everything falls back to. */
export const LANGUAGES = ['en', 'de', 'fr', 'es'] as const;

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
 * Picks our language for what a browser asks for.
 *
 * @param accepted The `Accept-Language` header, or one tag such as `de-AT`.
 * @param otherwise What is picked where it names none of ours. @default English
 * Source: RFC 9110 section 12.5.4.
 */
export function pickLanguage(accepted: string | undefined, otherwise: Language = 'en'): Language {
  const wishes = (accepted ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q=([0-9.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const wish of wishes) {
    const known = LANGUAGES.find((language) => language === wish.language);
    if (known !== undefined) return known;
  }
  return otherwise;
}
