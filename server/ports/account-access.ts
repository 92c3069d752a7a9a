/** Somebody who was let in by Jellyfin. */
export interface AccountOwner {
  /** What Gatehouse keeps the account under: Jellyfin's id, or without an API key perhaps one of our own. */
  readonly userId: string;
  /** Jellyfin's id. */
  readonly jellyfinId: string;
  /** What the account is called now. */
  readonly userName: string;
}

/** A token of Jellyfin's that speaks for one person. */
export interface PersonToken {
  readonly token: string;
  /** The device we signed in on; undefined: the token is of a client of the person's, which alone may end it. */
  readonly deviceId: string | undefined;
}

/** How a sign-in ended. `forbidden`: a right password, or any, of an account that may not sign in now. */
export type PersonSignIn =
  | { readonly kind: 'signed-in'; readonly token: PersonToken; readonly owner: AccountOwner }
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unreachable' };

/** Whose a token is. `refused`: nobody's, or that of an API key, which has no person. */
export type TokenOwner =
  | { readonly kind: 'owner'; readonly owner: AccountOwner }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' };

/** A code that the person types into a Jellyfin they are signed in to. */
export type QuickConnectStart =
  | { readonly kind: 'begun'; readonly code: string; readonly secret: string; readonly deviceId: string }
  | { readonly kind: 'off' }
  | { readonly kind: 'unreachable' };

/** What became of a code. Whoever has its secret gets the same token again and again: it goes to nobody. */
export type QuickConnectResult =
  | { readonly kind: 'signed-in'; readonly token: PersonToken; readonly owner: AccountOwner }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unreachable' };

/** A device that is signed in. */
export interface PersonDevice {
  readonly id: string;
  readonly name: string;
  readonly app: string;
  /** In ms since 1970. */
  readonly lastSeenAt: number | undefined;
}

/** Jellyfin, as My Account needs it. No method throws for want of Jellyfin. */
export interface AccountAccess {
  /**
   * Signs in with name and password; a wrong one counts as a failed sign-in of the account.
   *
   * @param purpose `session`: on a device that the account's next sign-in takes over; `check`: on one of its own.
   */
  signIn(
    attempt: { readonly name: string; readonly password: string; readonly clientAddress: string },
    purpose: 'session' | 'check',
  ): Promise<PersonSignIn>;
  /** Asks Jellyfin whose a token is, in the name of a client there; the person's device keeps its name. */
  ownerOf(token: PersonToken, clientAddress: string): Promise<TokenOwner>;
  /** Ends a token that we signed in for, and leaves any other alone. Never throws: what fails ends with its device. */
  signOut(token: PersonToken): Promise<void>;
  /** Signing in by a code that is allowed elsewhere. */
  readonly quickConnect: {
    /** An answer of up to a minute ago will do; false while Jellyfin is away. */
    isEnabled(): Promise<boolean>;
    begin(): Promise<QuickConnectStart>;
    end(begun: { readonly secret: string; readonly deviceId: string }): Promise<QuickConnectResult>;
  };
  /** The devices of an account, ours left out; undefined where nobody can say. */
  devices(owner: AccountOwner, token: PersonToken): Promise<readonly PersonDevice[] | undefined>;
  /**
   * Signs devices of an account out: those of the list that are the account's, or all.
   *
   * @returns false when that cannot be done: without an API key, or while Jellyfin is away.
   */
  endDevices(jellyfinId: string, which: readonly string[] | 'all'): Promise<boolean>;
}
