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
