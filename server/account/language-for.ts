import { type Language, pickLanguage } from '../../injector/kit/translations.ts';
import type { Preferences } from '../ports/preferences.ts';

/**
 * The language of messages to an account: what the person chose, else what the browser that is asking asks for.
 */
export type LanguageFor = (userId: string, acceptLanguage: string | undefined) => Promise<Language>;

/** Makes it. @param otherwise Where neither names a language that we have. @default English */
export function createLanguageFor(
  preferences: Pick<Preferences, 'get'>,
  otherwise: Language | undefined,
): LanguageFor {
  return async (userId, acceptLanguage) => {
    const { language } = await preferences.get(userId);
    const asked = pickLanguage(acceptLanguage, otherwise);
    return language === undefined ? asked : pickLanguage(language, asked);
  };
}
