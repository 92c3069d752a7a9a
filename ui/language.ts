import { de } from './strings/de.ts';
import { en, type Strings } from './strings/en.ts';
import { es } from './strings/es.ts';
import { fr } from './strings/fr.ts';

/** Every language of our pages, by its BCP 47 tag; English is the one everything falls back to. */
export const LANGUAGES = { en, de, fr, es } as const;

/** One language of our pages. */
export type Language = keyof typeof LANGUAGES;

function isLanguage(tag: string): tag is Language {
  // Object.hasOwn is younger than the browsers we build for.
  return Object.keys(LANGUAGES).includes(tag);
}

/**
 * Picks the language of the page from what the browser prefers, best first (`navigator.languages`).
 * Regional tags such as `de-AT` count as their language; when none is ours it is English. Never throws.
 */
export function pickLanguage(preferred: readonly string[]): { language: Language; strings: Strings } {
  const language = preferred.map((tag) => tag.toLowerCase().split('-')[0] ?? '').find(isLanguage) ?? 'en';
  return { language, strings: LANGUAGES[language] };
}

/** Languages that are written from right to left. Source: CLDR, `layout/orientation`. */
const RIGHT_TO_LEFT: readonly string[] = ['ar', 'fa', 'he', 'ur', 'ps', 'sd', 'ug', 'yi', 'ckb', 'dv'];

/** Which way a language is written, for `dir`. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.includes(tag.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
