import { readUserName, userNameKey } from '../../injector/jellyfin/user-names.ts';

/** Jellyfin's own lockout of an account. */
export interface Lockout {
  /** The failed sign-in that locks it; 2 or more. */
  readonly limit: number;
  /** Failures Jellyfin has counted so far; undefined when that was not asked for, or it cannot be asked. */
  readonly failures: number | undefined;
}

/** An account, as log and audit log name it. */
export interface NamedAccount {
  readonly userId: string;
  /** As Jellyfin, or a contact, has it: never what somebody typed. */
  readonly userName: string;
}

/** Knows which accounts Jellyfin locks. No method throws. */
export interface Lockouts {
  /**
   * The lockout of an account; undefined when it has none, or one that no throttle can come before (at the first
   * failure), when there is no such account, and when Jellyfin cannot be asked.
   *
   * @param name As typed, or `#` and an id as Jellyfin writes ids.
   * @param isFresh True to have `failures` as they are now; false: an answer of up to a minute ago will do.
   */
  of(name: string, isFresh: boolean): Promise<Lockout | undefined>;
  /**
   * What attempts for an account are counted under: `#` and its id, however its name is written and whatever it is
   * renamed to; an answer of up to a minute ago will do. A name that nobody has, and every name where accounts cannot be
   * listed, stands for itself, letter case and blanks around it aside.
   *
   * @param name As in `of`.
   */
  keyOf(name: string): Promise<string>;
  /**
   * The account that is meant; an answer of up to a minute ago will do. Undefined where there is none, or nobody can say:
   * what was typed then is nobody's name, and may be a password in the wrong field.
   *
   * @param name As in `of`.
   */
  accountOf(name: string): Promise<NamedAccount | undefined>;
}

const keyOf: Lockouts['keyOf'] = async (name) => userNameKey(readUserName(name));

/** Where Jellyfin cannot be asked and the administrator says nothing: no account is taken to have a lockout. */
export const NO_LOCKOUTS: Lockouts = { of: async () => undefined, keyOf, accountOf: async () => undefined };

/**
 * Where Jellyfin cannot be asked: every account has the lockout the administrator named. A sign-in by id belongs to some
 * name we cannot know, so nothing of it is let through to accounts from networks they were never signed in to from.
 */
export function presumeLockouts(limit: number): Lockouts {
  return {
    of: async (name) => ({ limit, failures: name.startsWith('#') ? limit : undefined }),
    keyOf,
    accountOf: async () => undefined,
  };
}
