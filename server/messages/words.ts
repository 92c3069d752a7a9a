import type { Language } from '../../injector/kit/translations.ts';
import { de } from './texts/de.ts';
import { en, type Texts } from './texts/en.ts';
import { es } from './texts/es.ts';
import { fr } from './texts/fr.ts';

/** Longest name in a message, in characters. */
const MAX_NAME = 100;

/** A name from outside as it may stand in a subject or sentence: one line, no control signs, at most 100 characters. */
export function oneLine(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const letters = [...line];
  return letters.length > MAX_NAME ? `${letters.slice(0, MAX_NAME - 1).join('')}…` : line;
}

const TEXTS: Readonly<Record<Language, Texts>> = { en, de, fr, es };

/** The words of the messages in a language. */
export function textsIn(language: Language): Texts {
  return TEXTS[language];
}

/** Whom a message is to, and from which server. */
export interface Addressee {
  readonly serverName: string;
  readonly userName: string;
}

/** What every message begins with: the texts of its language, the two names each in one line, and the greeting. */
export function addressedTo(data: Addressee, language: Language) {
  const texts = textsIn(language);
  const serverName = oneLine(data.serverName);
  const userName = oneLine(data.userName);
  return { texts, serverName, userName, greeting: texts.greeting(userName) };
}

/** Says a time span in hours and minutes as people do, e.g. `30 minutes`, `2 heures`; a minute at least. */
export function sayDuration(ms: number, texts: Texts): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return texts.minutes(rest);
  return rest === 0 ? texts.hours(hours) : `${texts.hours(hours)} ${texts.and} ${texts.minutes(rest)}`;
}
