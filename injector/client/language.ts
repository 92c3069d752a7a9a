/** What the language is read from. */
export interface LanguageSources {
  /** The client's own language, e.g. `de` or `pt-BR`; undefined until it is known. */
  readonly locale: () => string | undefined;
  readonly navigatorLanguage: string | undefined;
  readonly documentLanguage: string | undefined;
}

/** Picks one of the translations; the client's language first, then the browser's, then the page's, then English. */
export function pickText(
  translations: { readonly en: string; readonly [language: string]: string | undefined },
  { locale, navigatorLanguage, documentLanguage }: LanguageSources,
): string {
  // Only the first that is known counts: somebody who set the client to Danish does not want the browser's French.
  const language = locale() || navigatorLanguage || documentLanguage || 'en';
  const short = language.toLowerCase().split(/[-_]/)[0] ?? 'en';
  const text = Object.hasOwn(translations, short) ? translations[short] : undefined;
  return text === undefined ? translations.en : text;
}
