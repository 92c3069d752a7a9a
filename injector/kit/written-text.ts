import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Translations } from './translations.ts';

/** Words an admin wrote in the config: one text for everybody, or one for each language, by its tag. */
export type WrittenText = string | { readonly [language: string]: string };

/** Words of an admin's by language, such as a part in the browser may be given. */
export type OwnWords = { readonly en: string; readonly [language: string]: string };

/** A tag such as `de` or `pt-BR`. Source: RFC 5646 section 2.1, without what nobody sets a client to. */
const LANGUAGE_TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,2}$/i;

/**
 * The option for words of an admin's own.
 *
 * @param maxLength Most characters of one text.
 */
export function writtenText(maxLength: number) {
  const text = z.string().trim().min(1).max(maxLength);
  const byLanguage = z.record(z.string(), text).superRefine((texts, context) => {
    const languages = Object.keys(texts);
    const wrong = languages.find((language) => !LANGUAGE_TAG.test(language));
    if (languages.length === 0)
      context.addIssue({ code: 'custom', message: 'must have one text at least, such as en: …' });
    if (wrong !== undefined) {
      const message = 'must have languages as names, such as en, de or pt-BR';
      context.addIssue({ code: 'custom', message });
    }
  });
  return z.union([text, byLanguage], {
    // A text or a group that is wrong inside has a sentence of its own.
    error: ({ input }) =>
      typeof input === 'string' || (typeof input === 'object' && input !== null && !Array.isArray(input))
        ? undefined
        : 'must be one text, or a text for each language, such as { en: Ask Ada., de: Frag Ada. }',
  });
}

/** Makes translations of an admin's words alone; tags in lower case. A language that is missing gets English, or the first. */
export function toWords(written: WrittenText): OwnWords {
  if (typeof written === 'string') return { en: written };
  const texts = Object.entries(written).map(([tag, text]) => [tag.toLowerCase(), text] as const);
  const own: { readonly [language: string]: string } = Object.fromEntries(texts);
  return { ...own, en: own['en'] ?? texts[0]?.[1] ?? '' };
}

/**
 * Makes translations of an admin's words; tags in lower case. A language that is missing gets English, or what stands in
 * for it.
 *
 * @param standIn What is said where the admin wrote several languages, and English is not among them. @default the first of them
 */
export function toTranslations(written: WrittenText, standIn?: Translations): Translations {
  const own = toWords(written);
  const hasEnglish =
    typeof written === 'string' || Object.keys(written).some((tag) => tag.toLowerCase() === 'en');
  return hasEnglish || standIn === undefined ? own : { ...standIn, ...own, en: standIn.en };
}

/** Eight characters that change with the words, so that a browser can keep which of them a person has seen. */
export function idOfWords(words: Translations): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('base64url').slice(0, 8);
}
