import type { Language } from '../../../injector/kit/translations.ts';
import { de } from './de.ts';
import { en, type Texts } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';

const TEXTS: Readonly<Record<Language, Texts>> = { en, de, fr, es };

/** The words of the messages in a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}
