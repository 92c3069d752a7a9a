import type { Language } from '../injector/kit/translations.ts';

/**
 * What the reset service promises itself of the outside world. Use cases in `reset/` know these and nothing else;
 * adapters stand in `jellyfin/`, `storage/`, `channels/`. Each port has one contract test every adapter passes.
 * Times are milliseconds since 1970 (`Clock.now()`), durations end in `Ms`.
 */

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
  /** Jellyfin answered 2xx each time and kept the old password each time. */
  | { readonly kind: 'not-kept'; readonly tries: number }
  /** The account is gone, disabled, or kept elsewhere. Nothing was changed. */
  | { readonly kind: 'account-unavailable'; readonly reason: 'gone' | 'disabled' | 'foreign-provider' }
  /** Jellyfin does not let us: a wrong API key, or 10.8, where no API key may. Nothing was changed; `detail` says what to do. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** Jellyfin could not be reached, or failed; whether the password changed is not known. */
  | { readonly kind: 'unreachable'; readonly detail: string };

/** Jellyfin, as the reset service needs it. */
export interface Accounts {
  /** The account of that name, compared as Jellyfin does (letter case aside). @throws {JellyfinUnreachableError} */
  findByName(name: string): Promise<Account | undefined>;
  /** @throws {JellyfinUnreachableError} */
  findById(id: string): Promise<Account | undefined>;
  /** Name of the server, for messages and pages; a fallback when Jellyfin is away. Never throws. */
  serverName(): Promise<string>;
  /**
   * Sets the password in one call, verifies it by a sign-in, repeats where Jellyfin lost it, clears the lockout
   * counter, ends all sessions. One change per account at a time. Never throws.
   */
  setPassword(id: string, password: string): Promise<SetPasswordOutcome>;
}

/** An address of a person on a channel. Today's only channel is `email`. */
export interface Contact {
  readonly userId: string;
  readonly userName: string;
  readonly channel: 'email';
  readonly address: string;
}

/** Who can be reached where. */
export interface Contacts {
  /** Contacts of an account; empty when there is none. */
  ofUser(userId: string): Promise<readonly Contact[]>;
  /** Contacts with that address, letter case aside; several people may share one. */
  ofAddress(address: string): Promise<readonly Contact[]>;
  /** Sets or replaces the address of an account on a channel. */
  set(contact: Contact): Promise<void>;
  /** Forgets the contacts of an account; answers how many there were. */
  remove(userId: string): Promise<number>;
  /** All contacts, by user name. */
  list(): Promise<readonly Contact[]>;
}

/** State of a reset link. */
export type LinkState =
  | { readonly state: 'open'; readonly userId: string; readonly userName: string }
  | { readonly state: 'expired' | 'used' | 'unknown' | 'busy' };

/** Reset links, kept as SHA-256 of their token only. */
export interface ResetLinks {
  /** Keeps a new link. `outboxId` ties it to the message that carries it: a second try replaces the first's link. */
  add(link: {
    tokenHash: string;
    userId: string;
    userName: string;
    outboxId: number;
    expiresAt: number;
  }): Promise<void>;
  /** Looks without touching. */
  look(tokenHash: string, now: number): Promise<LinkState>;
  /**
   * Claims an open link for `leaseMs` in one guarded UPDATE: of any number of callers at once, one gets `open`.
   * A claim that was neither spent nor released (the process died) ends with its lease.
   */
  claim(tokenHash: string, now: number, leaseMs: number): Promise<LinkState>;
  /**
   * Spends a claimed link for good, and every other open link of the account with it; messages with a link for it
   * that still wait are dropped.
   */
  spend(tokenHash: string, now: number): Promise<void>;
  /** Gives a claimed link back unspent. */
  release(tokenHash: string): Promise<void>;
}

/** Tells people what happened to their account, over the outbox. */
export interface Notices {
  /**
   * Queues the message "your password was changed" to the account's contacts. Resolves when it is kept durably.
   * Never throws: the password is changed already, so a notice that cannot be kept is logged only.
   */
  passwordChanged(userId: string, userName: string, language: Language): Promise<void>;
}

/** Counts how often somebody does something. */
export interface Limiter {
  /** Takes one of the key's allowance; answers false when it is used up. Never throws. */
  take(key: string): Promise<boolean>;
}

/** Wall clock; tests hold it still. */
export interface Clock {
  now(): number;
}
