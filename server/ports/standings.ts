/** How an account stands with Jellyfin. */
export interface AccountStanding {
  /** Jellyfin's user id, 32 lower-case hex digits. */
  readonly userId: string;
  readonly userName: string;
  readonly isAdministrator: boolean;
  /** Not on the login screen. */
  readonly isHidden: boolean;
  /** An administrator closed it. */
  readonly isDisabled: boolean;
  /** Failed sign-ins closed it, and nothing but them. */
  readonly isLocked: boolean;
  /** The provider that keeps the password, as Jellyfin names it; undefined: Jellyfin itself does. */
  readonly elsewhere: string | undefined;
  /** In ms since 1970; undefined: never, or Jellyfin does not tell. */
  readonly lastSignInAt: number | undefined;
  /** Failed sign-ins since the last good one. */
  readonly failures: number;
  /** How many more lock the account; undefined where none do. */
  readonly triesLeft: number | undefined;
}

/**
 * How an unlock ended. `unlocked`: failed sign-ins had locked it, and it was seen open. `counted-anew`: it was open, and its
 * failures count from 0 again. `open`: there was nothing to do. `disabled`: an administrator closed it, and nothing was
 * changed. `not-kept`: Jellyfin took the change and lost it each time. `gone`: there is no such account.
 */
export const UNLOCK_OUTCOMES = ['unlocked', 'counted-anew', 'open', 'disabled', 'not-kept', 'gone'] as const;

/** How an unlock ended. */
export type UnlockOutcome = (typeof UNLOCK_OUTCOMES)[number];

/** How accounts stand; only with an API key can it be known. Every method rejects with a JellyfinUnreachableError. */
export interface Standings {
  /**
   * How these accounts stand now; those that are gone are left out.
   *
   * @param userIds Whether an account is locked takes a look at the activity log: ask for those that are shown.
   */
  of(userIds: readonly string[]): Promise<readonly AccountStanding[]>;
  /** Opens an account that failed sign-ins closed, reads it back, and never one that an administrator closed. */
  unlock(userId: string): Promise<UnlockOutcome>;
}
