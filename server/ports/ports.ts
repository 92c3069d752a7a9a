import type { Language } from '../../injector/kit/translations.ts';

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
  | (SetPasswordFailure & {
      /**
       * Only without an API key: the old password is dead and a random one in force that nobody knows, in spite of what
       * else is said here. The link is good, and another try needs neither.
       */
      readonly isOldPasswordDead?: true;
    });

/** Why the password of an account cannot be set; `administrator`: the config keeps them out. */
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
  /** The account of that name, compared as Jellyfin does (letter case aside). @throws {JellyfinUnreachableError} */
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
   */
  setPassword(id: string, password: string, mayWrite?: () => boolean): Promise<SetPasswordOutcome>;
}

/** Name of a channel in `channels/registry.ts`, as rows, log lines and metrics have it: `a-z`, digits, `-`; not `asked`. */
export type ChannelName = string;

/** An address of a person on a channel. */
export interface Contact {
  readonly userId: string;
  readonly userName: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/** Who can be reached where. */
export interface Contacts {
  /** Contacts of an account; empty when there is none. */
  ofUser(userId: string): Promise<readonly Contact[]>;
  /** Contacts with that address, letter case aside; several people may share one. */
  ofAddress(address: string): Promise<readonly Contact[]>;
  /** Contacts of the account of that name, compared as Jellyfin does, for where Jellyfin cannot be asked. */
  ofUserName(userName: string): Promise<readonly Contact[]>;
  /**
   * Sets or replaces the address of an account on a channel. The one before is kept for 30 days, and if it is replaced
   * again meanwhile it is still the first: whoever changes an address twice shall not get rid of its owner so.
   *
   * @param now Default the time of the machine.
   */
  set(contact: Contact, now?: number): Promise<void>;
  /** The address an account had on a channel before it was replaced less than 30 days ago, if it has another one now. */
  formerOf(userId: string, now: number): Promise<readonly Contact[]>;
  /** Forgets the contacts of an account; answers how many there were. */
  remove(userId: string): Promise<number>;
  /** All contacts, by user name. */
  list(): Promise<readonly Contact[]>;
}

/** State of a reset link. */
export type LinkState =
  | { readonly state: 'open'; readonly userId: string; readonly userName: string }
  | { readonly state: 'expired' | 'used' | 'unknown' | 'busy' };

/**
 * What a secret is for, and good for nothing else; kept in the column `kind`. `link`: the token of a link that sets a
 * password, kept as SHA-256. `pin`: a PIN of ours, kept as HMAC-SHA-256; it can only be exchanged for such a link.
 */
export type SecretPurpose = 'link' | 'pin';

/** A secret to keep; only its hash is. */
export interface NewSecret {
  /** @default 'link' */
  readonly purpose?: SecretPurpose;
  /** SHA-256 of a link's token, HMAC-SHA-256 of a PIN, in hex. */
  readonly tokenHash: string;
  readonly userId: string;
  readonly userName: string;
  /**
   * The message that carries it. Of the message's earlier tries the last one's secret stays good too: it may have
   * arrived without our knowing, and a mail program that hides second copies shows the first.
   */
  readonly outboxId: number;
  readonly expiresAt: number;
}

/** Secrets of resets: links and PINs. Every method rejects with a StorageError when the storage fails. */
export interface ResetLinks {
  /**
   * Keeps a new secret and answers true; in one step. With `limit`, answers false and keeps nothing when the account
   * has live ones of `maxLive` other messages already: none of them dies for a new one.
   */
  add(secret: NewSecret, limit?: { readonly now: number; readonly maxLive: number }): Promise<boolean>;
  /**
   * How many messages with live secrets the account has: neither used nor expired; links got for a PIN do not count.
   */
  countLive(userId: string, now: number): Promise<number>;
  /** Looks at a link without touching it. */
  look(tokenHash: string, now: number): Promise<LinkState>;
  /**
   * Claims an open link for `leaseMs` under a name of its own, `claimId`: of any number of callers at once, for any of
   * the account's links, one gets `open`. A claim that was neither spent nor released (the process died) ends with
   * its lease.
   */
  claim(tokenHash: string, now: number, leaseMs: number, claimId: string): Promise<LinkState>;
  /**
   * Lets a claim last until `leaseMs` from now. Answers false, and changes nothing, when it is over: its lease ran out,
   * somebody else has the link, or the link is used.
   */
  renew(tokenHash: string, claimId: string, now: number, leaseMs: number): Promise<boolean>;
  /**
   * Spends a claimed link for good, and every other secret of the account with it; messages with a secret for it that
   * still wait are dropped. Works after the lease too, unless somebody else claimed or spent the link meanwhile: then
   * it answers false and changes nothing.
   */
  spend(tokenHash: string, claimId: string, now: number): Promise<boolean>;
  /** Gives a claimed link back unspent. Answers false, and changes nothing, when the claim is somebody else's. */
  release(tokenHash: string, claimId: string): Promise<boolean>;
  /**
   * Keeps a fresh link for whoever holds a PIN, and forgets the one an earlier exchange of that PIN made. The PIN
   * stays good. `busy`: a password is being set with the earlier link; nothing was changed.
   */
  exchange(
    pinHash: string,
    link: { readonly tokenHash: string; readonly expiresAt: number },
    now: number,
  ): Promise<LinkState>;
}

/** How much of an allowance is used. */
export interface LimitState {
  /** After a take: this take was within the allowance. After a look: the next take would be. */
  readonly isWithin: boolean;
  /** Takes in the running window, those over the allowance included. */
  readonly used: number;
  /** When the window ends and the count begins anew; with no take yet, now. */
  readonly endsAt: number;
}

/** Counts how often somebody does something; over restarts, and over all processes on one storage. */
export interface Limits {
  /** Takes one of the key's allowance in one atomic step. A window begins with the first take after the last one's end. */
  take(
    key: string,
    allowance: { readonly points: number; readonly windowMs: number },
    now: number,
  ): Promise<LimitState>;
  /**
   * Looks without taking; measures with the allowance of the last take.
   *
   * @param windowMs The key's window, default a day; counts that end later were written before the clock was set back.
   */
  read(key: string, now: number, windowMs?: number): Promise<LimitState>;
  /** Forgets the key. */
  clear(key: string): Promise<void>;
}

/** Something that happened to an account or to the reset service, for the administrator to read later. */
export interface AuditEntry {
  readonly at: number;
  /** Stable name, e.g. `password-changed`. */
  readonly event: string;
  readonly userId?: string | undefined;
  readonly userName?: string | undefined;
  readonly clientAddress?: string | undefined;
  readonly outcome?: string | undefined;
  /** Kept as JSON. No secrets, no whole addresses. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** An entry as it was kept. */
export interface KeptAuditEntry extends AuditEntry {
  /** Grows with time; what `before` of the next page takes. */
  readonly id: number;
}

/** The record of what happened. Every method rejects with a StorageError when the storage fails; callers log that and go on. */
export interface Audit {
  /** Keeps an entry durably. */
  add(entry: AuditEntry): Promise<void>;
  /** The newest entries, newest first; those with an id below `before`, of one account. */
  list(query: {
    readonly limit: number;
    readonly before?: number | undefined;
    readonly userId?: string | undefined;
  }): Promise<readonly KeptAuditEntry[]>;
}

/** Values of this installation that are made once. */
export interface Settings {
  /** The value of the key; makes it when there is none. Of several processes at once, all get the same. */
  getOrCreate(key: string, make: () => string): Promise<string>;
}

/** Tells people what happened to their account, over the outbox. */
export interface Notices {
  /**
   * Queues the message "your password was changed" to every contact of the account, on each of its channels. Resolves when it is kept durably.
   * Never throws: the password is changed already, so a notice that cannot be kept is logged only.
   */
  passwordChanged(userId: string, userName: string, language: Language): Promise<void>;
}

/** Wall clock; tests hold it still. */
export interface Clock {
  now(): number;
}
