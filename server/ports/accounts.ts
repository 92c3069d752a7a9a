/** A Jellyfin account, as far as a reset needs it. */
export interface Account {
  /** Jellyfin's user id, 32 lower-case hex digits. */
  readonly id: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** Disabled by an administrator. An account that failed sign-ins locked is not: a reset opens it again. */
  readonly isDisabled: boolean;
  /** True when Jellyfin itself keeps the password (not LDAP, SSO). */
  readonly hasLocalPassword: boolean;
}

/** How setting a password ended. */
export type SetPasswordOutcome =
  /**
   * The new password is in force: a sign-in with it was seen, and our session ended again. (An account that Jellyfin
   * lets nobody sign in to at this moment, by its access schedule for example, had it written twice instead.)
   */
  | { readonly kind: 'in-force'; readonly tries: number }
  | (SetPasswordFailure & {
      /**
       * Only without an API key: the old password is dead and a random one in force that nobody knows, in spite of what
       * else is said here. The link is good, and another try needs neither.
       */
      readonly isOldPasswordDead?: true;
    });

/** Why the password of an account cannot be set; `administrator`: the config keeps them out, or whoever asks. */
export type UnavailableReason = 'gone' | 'disabled' | 'foreign-provider' | 'administrator';

/** Why a password was not set. */
export type SetPasswordFailure =
  /** Jellyfin answered 2xx each time and kept the old password each time. */
  | { readonly kind: 'not-kept'; readonly tries: number }
  /** The account is gone, closed, or kept elsewhere. Nothing was changed. */
  | { readonly kind: 'account-unavailable'; readonly reason: UnavailableReason }
  /** Jellyfin does not let us: a wrong API key, or 10.8, where no API key may. Nothing was changed; `detail` says what to do. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Jellyfin could not be reached, or failed; whether the password changed is not known. */
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Jellyfin, as the reset service needs it. */
export interface Accounts {
  /** The account that is meant by a name, letter case and blanks around it aside; see `findByUserName`. @throws {JellyfinUnreachableError} */
  findByName(name: string): Promise<Account | undefined>;
  /** @throws {JellyfinUnreachableError} */
  findById(id: string): Promise<Account | undefined>;
  /** Name of the server, for messages and pages; a fallback when Jellyfin is away. Never throws. */
  serverName(): Promise<string>;
  /**
   * Sets the password in one call, verifies it by a sign-in, repeats where Jellyfin lost it, clears the lockout
   * counter, ends all sessions. One change per account at a time. Never throws.
   *
   * @param mayWrite Asked right before each write; once it says no, nothing more is written. Default: always yes.
   * @param mayBeAdministrator False: the password of an account that is an administrator's at this moment is not set
   * (`administrator`). True lets nobody in whom the configuration keeps out. @default true
   */
  setPassword(
    id: string,
    password: string,
    mayWrite?: () => boolean,
    mayBeAdministrator?: boolean,
  ): Promise<SetPasswordOutcome>;
}
