/**
 * How enabling or disabling ended. `done`: it was seen so half a second later. `unchanged`: it was so already, and nothing was
 * written. `administrator`: Jellyfin lets nobody disable the account of one. `not-kept`: Jellyfin took the change and lost it each time.
 * `gone`: there is no such account.
 */
export type DisableOutcome = 'done' | 'unchanged' | 'administrator' | 'not-kept' | 'gone';

/**
 * How signing out ended. `own-token`: `jellyfin.apiKey` is the access token of this very administrator and would end too; nothing
 * was changed. `left`: some sessions came back each time.
 */
export type SignOutOutcome = 'done' | 'own-token' | 'left';

/**
 * What an administrator can do to an account besides its password; only with an API key. Every method rejects with a
 * JellyfinUnreachableError.
 */
export interface AccountControls {
  /**
   * Closes an account, which ends its sessions, or opens it. Its failed sign-ins count from 0 then, so that a closed one is not
   * taken for locked, and an open one is not locked by the next.
   */
  setDisabled(userId: string, isDisabled: boolean): Promise<DisableOutcome>;
  /** Ends every session of the account in Jellyfin; whoever shares one of its devices is signed out there too. */
  signOut(userId: string): Promise<SignOutOutcome>;
}
