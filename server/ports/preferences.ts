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
  /** What many accounts chose, by id; those that chose nothing may be left out. */
  getAll(userIds: readonly string[]): Promise<ReadonlyMap<string, AccountPreferences>>;
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
    return choose(language, pickLanguage(acceptLanguage, otherwise));
  };
}

/** The languages of messages to many accounts that nobody asked for, as {@link LanguageFor} has each. */
export type LanguagesOf = (userIds: readonly string[]) => Promise<(userId: string) => Language>;

/** Accounts that are looked up together. */
const AT_ONCE = 1_000;

/** Makes it. @param otherwise As for {@link createLanguageFor}. */
export function createLanguagesOf(
  preferences: Pick<Preferences, 'getAll'>,
  otherwise: Language | undefined,
): LanguagesOf {
  const unchosen = pickLanguage(undefined, otherwise);
  return async (userIds) => {
    const chosen = new Map<string, Language>();
    for (let first = 0; first < userIds.length; first += AT_ONCE) {
      const some = await preferences.getAll(userIds.slice(first, first + AT_ONCE));
      for (const [userId, { language }] of some) chosen.set(userId, choose(language, unchosen));
    }
    return (userId) => chosen.get(userId) ?? unchosen;
  };
}

function choose(language: string | undefined, otherwise: Language): Language {
  return language === undefined ? otherwise : pickLanguage(language, otherwise);
}
