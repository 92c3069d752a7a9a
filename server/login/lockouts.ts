/** Jellyfin's own lockout of an account. */
export interface Lockout {
  /** The failed sign-in that locks it; 2 or more. */
  readonly limit: number;
  /** Failures Jellyfin has counted so far; undefined when that was not asked for, or it cannot be asked. */
  readonly failures: number | undefined;
}

/** Knows which accounts Jellyfin locks. Neither method throws. */
export interface Lockouts {
  /**
   * The lockout of an account; undefined when it has none, or one that no throttle can come before (at the first
   * failure), when there is no such account, and when Jellyfin cannot be asked.
   *
   * @param isFresh True to have `failures` as they are now; false: an answer of up to a minute ago will do.
   */
  of(name: string, isFresh: boolean): Promise<Lockout | undefined>;
  /** The name of the account with that id, as Jellyfin writes ids; undefined when nobody has it, or it cannot be found out. */
  nameOf(id: string): Promise<string | undefined>;
}

/** Where Jellyfin cannot be asked and the administrator says nothing: no account is taken to have a lockout. */
export const NO_LOCKOUTS: Lockouts = { of: async () => undefined, nameOf: async () => undefined };

/**
 * Where Jellyfin cannot be asked: every account has the lockout the administrator named. A sign-in by id belongs to some
 * name we cannot know, so nothing of it is let through to accounts from networks they were never signed in to from.
 */
export function presumeLockouts(limit: number): Lockouts {
  return {
    of: async (name) => ({ limit, failures: name.startsWith('#') ? limit : undefined }),
    nameOf: async () => undefined,
  };
}
