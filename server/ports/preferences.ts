import { type Language, pickLanguage } from '../../injector/kit/translations.ts';

/** What somebody chose for their account. */
export interface AccountPreferences {
  /** Of messages, as BCP 47 names it; undefined: as the browser of whoever asks. */
  readonly language: string | undefined;
}

/** Choices of people, account by account. Every method rejects with a StorageError when the storage fails. */
export interface Preferences {
  /** What the account chose; nothing is chosen until it is set. */
  get(userId: string): Promise<AccountPreferences>;
  /** Keeps what the account chose; undefined takes a choice back. */
  set(userId: string, preferences: AccountPreferences): Promise<void>;
}

/**
 * The language of messages to an account: what the person chose, else what the browser that is asking asks for; undefined where
 * none is asking.
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
