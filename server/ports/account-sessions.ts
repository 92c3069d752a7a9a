/** Somebody signed in to My Account. All times in ms since 1970. */
export interface AccountSession {
  readonly userId: string;
  readonly userName: string;
  readonly createdAt: number;
  /** When it was used last, at most {@link SEEN_EVERY_MS} too early. */
  readonly lastSeenAt: number;
  /** The person's Jellyfin token, sealed with a key that only the cookie has; undefined when there is none. */
  readonly sealedToken: string | undefined;
}

/** A session to keep. */
export interface NewAccountSession extends Pick<AccountSession, 'userId' | 'userName' | 'sealedToken'> {
  /** SHA-256 of its id, in hex. The id itself is kept nowhere. */
  readonly idHash: string;
}

/** How long a session lasts. */
export interface SessionLife {
  /** Since it was used last, in ms. */
  readonly idleMs: number;
  /** Since it was made, in ms. */
  readonly maxMs: number;
}

/** How often a session that is used is written, in ms. It may end that much before its idle time is over. */
export const SEEN_EVERY_MS = 30_000;

/** Sessions of My Account, of all processes. Every method rejects with a StorageError when the storage fails. */
export interface AccountSessions {
  /** Keeps a new session from `now` on. */
  add(session: NewAccountSession, now: number, life: SessionLife): Promise<void>;
  /**
   * Finds a session that is not over, and notes that it was used. Undefined when there is none, or when the clock stands
   * before the time at which it was used last.
   */
  find(idHash: string, now: number, life: SessionLife): Promise<AccountSession | undefined>;
  /** Ends a session; answers whether there was one. */
  remove(idHash: string): Promise<boolean>;
  /** Ends all sessions of an account; answers how many there were. */
  removeOf(userId: string): Promise<number>;
}
