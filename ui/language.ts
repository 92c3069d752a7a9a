import { directionOf, type Language, resolveLanguage } from '../injector/kit/translations.ts';
import { en, type Strings } from './strings/en.ts';
import { type SomeStrings, withEnglish } from './strings/some-strings.ts';

/** Loads the words of each language but English, which everything falls back to: a browser gets its own alone. */
const LOADERS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<SomeStrings>>> = {
  de: async () => (await import('./strings/de.ts')).de,
  fr: async () => (await import('./strings/fr.ts')).fr,
  es: async () => (await import('./strings/es.ts')).es,
  it: async () => (await import('./strings/it.ts')).it,
  ar: async () => (await import('./strings/ar.ts')).ar,
  he: async () => (await import('./strings/he.ts')).he,
  'pt-BR': async () => (await import('./strings/pt-br.ts')).ptBR,
  nl: async () => (await import('./strings/nl.ts')).nl,
  sv: async () => (await import('./strings/sv.ts')).sv,
  'zh-CN': async () => (await import('./strings/zh-cn.ts')).zhCN,
  pl: async () => (await import('./strings/pl.ts')).pl,
  ja: async () => (await import('./strings/ja.ts')).ja,
  ru: async () => (await import('./strings/ru.ts')).ru,
  da: async () => (await import('./strings/da.ts')).da,
  nb: async () => (await import('./strings/nb.ts')).nb,
  cs: async () => (await import('./strings/cs.ts')).cs,
  uk: async () => (await import('./strings/uk.ts')).uk,
  'zh-TW': async () => (await import('./strings/zh-tw.ts')).zhTW,
  tr: async () => (await import('./strings/tr.ts')).tr,
};

/**
 * Picks the language of the page from what the browser prefers, best first (`navigator.languages`).
 * Regional tags such as `de-AT` count as their language; when none is ours it is English. Never throws.
 */
export function pickLanguage(preferred: readonly string[]): Language {
  return preferred.map(resolveLanguage).find((language) => language !== undefined) ?? 'en';
}

/** What a language lacks so far; `withEnglish` of it is what people read. */
export async function loadOwnStrings(language: Exclude<Language, 'en'>): Promise<SomeStrings> {
  return await LOADERS[language]();
}

/** The words of the page in a language. Rejects where its file cannot be had. */
export async function loadStrings(language: Language): Promise<Strings> {
  return language === 'en' ? en : withEnglish(await loadOwnStrings(language));
}

/** Says to the browser what the page is written in. */
export function announceLanguage(page: HTMLElement, language: Language): void {
  page.lang = language;
  page.dir = directionOf(language);
}
