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

/** Where our script in Jellyfin's web client keeps the language that the client speaks in this browser (`injector/client/languages.ts`). */
const CLIENT_LANGUAGE = 'gatehouse-language';

/**
 * The languages that a person wants, best first: the one that Jellyfin's web client speaks to them in this browser, which is
 * the only place that keeps it, then those of the browser. Never throws.
 */
export function preferredLanguages(
  window: Pick<Window, 'localStorage'> & { readonly navigator: Pick<Navigator, 'languages'> },
): readonly string[] {
  const { languages } = window.navigator;
  try {
    const chosen = window.localStorage.getItem(CLIENT_LANGUAGE);
    return chosen !== null && /^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,3}$/i.test(chosen)
      ? [chosen.replaceAll('_', '-'), ...languages]
      : languages;
  } catch {
    // A browser that keeps nothing.
    return languages;
  }
}

/**
 * The browser's `fetch`, with these languages as `Accept-Language`: messages that a call brings about go by it.
 * Source: RFC 9110 section 12.5.4; at most ten are said.
 */
export function speaking(
  fetch: typeof globalThis.fetch,
  languages: readonly string[],
): typeof globalThis.fetch {
  const [first, ...others] = languages.slice(0, 10);
  if (first === undefined) return fetch;
  const said = [first, ...others.map((tag, index) => `${tag};q=${(0.9 - index / 10).toFixed(1)}`)].join(', ');
  return (address, init) =>
    fetch(address, { ...init, headers: { ...init?.headers, 'Accept-Language': said } });
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
