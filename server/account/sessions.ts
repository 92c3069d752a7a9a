import { LRUCache } from 'lru-cache';
import { AccountRefusal, type Caller, type SignedIn } from '../http/account-use-cases.ts';
import type { AccountAccess, AccountOwner, PersonToken } from '../ports/account-access.ts';
import type { AccountSessions, SessionLife } from '../ports/account-sessions.ts';
import type { Clock } from '../ports/clock.ts';
import { seal, unseal } from '../secrets/sealed.ts';
import { createSessionSecret, readSessionSecret } from '../secrets/session-secret.ts';
import type { AccountLimits } from './account-limits.ts';

/** A session ends 30 minutes after it was used last, and after 8 hours. Source: ASVS 5.0 7.3.1, 7.3.2. */
export const SESSION_LIFE: SessionLife = { idleMs: 30 * 60_000, maxMs: 8 * 60 * 60_000 };

/** How long what Jellyfin said of a session's token will do for looking, in milliseconds. */
export const CHECK_AGAIN_MS = 60_000;

/** How many sessions' last answers of Jellyfin are remembered. */
const MOST_CHECKS = 10_000;

/** A session, with the token that it goes by. */
export interface OpenSession extends SignedIn {
  readonly token: PersonToken;
  /** When the password was typed that it began with, in ms since 1970; undefined: it began otherwise. */
  readonly passwordAt: number | undefined;
}

/** Sessions of My Account. All methods reject with a StorageError when the storage fails. */
export interface Sessions {
  /**
   * Begins a session for somebody whom Jellyfin has let in; the one before in that browser ends. Answers the cookie's value.
   *
   * @param how.isByPassword Whether name and password were typed for it.
   */
  begin(
    owner: AccountOwner,
    token: PersonToken,
    how: { readonly before: string | undefined; readonly isByPassword: boolean },
  ): Promise<string>;
  /** As `AccountUseCases.findSession`. */
  find(cookie: string | undefined, caller: Caller, isFresh: boolean): Promise<OpenSession>;
  /** Ends the session of a cookie, and the sign-in that was made for it. One that is over is no fault. */
  end(cookie: string | undefined): Promise<void>;
}

/** What Jellyfin last said. */
interface Check {
  readonly at: number;
  readonly userName: string;
}

/**
 * Makes the sessions. What is kept has no secret that is good for anything: of the id its hash, and the person's token sealed
 * with a key that only the cookie has. Jellyfin is asked whether the token is still good, so that a session ends with it:
 * with a new password, a device that was signed out, an account that was disabled.
 */
export function createSessions(parts: {
  readonly store: AccountSessions;
  readonly access: Pick<AccountAccess, 'ownerOf' | 'signOut'>;
  readonly limits: AccountLimits;
  readonly clock: Clock;
}): Sessions {
  const { store, access, limits, clock } = parts;
  const checks = new LRUCache<string, Check>({ max: MOST_CHECKS });

  async function look(cookie: string | undefined): Promise<OpenSession | undefined> {
    const secret = cookie === undefined ? undefined : readSessionSecret(cookie);
    if (secret === undefined) return undefined;
    const { idHash, key } = secret;
    const session = await store.find(idHash, clock.now(), SESSION_LIFE);
    if (session === undefined) return undefined;
    const token = openToken(key, session.sealedToken ?? '', idHash);
    if (token === undefined) {
      await store.remove(idHash);
      return undefined;
    }
    const { userId, userName } = session;
    const { passwordAt } = token;
    return { idHash, userId, userName: checks.get(idHash)?.userName ?? userName, ...token, passwordAt };
  }

  /** Asks Jellyfin; the session ends when it says no. */
  async function check(session: OpenSession, caller: Caller, isFresh: boolean): Promise<OpenSession> {
    const { idHash, jellyfinId, token } = session;
    const now = clock.now();
    const last = checks.get(idHash);
    if (!isFresh && last !== undefined && now >= last.at && now - last.at < CHECK_AGAIN_MS) return session;
    const asked = await access.ownerOf(token, caller.clientAddress);
    if (asked.kind === 'unreachable') throw new AccountRefusal('jellyfin-unreachable');
    if (asked.kind === 'refused' || asked.owner.jellyfinId !== jellyfinId) {
      await store.remove(idHash);
      throw new AccountRefusal('signed-out');
    }
    const { userName } = asked.owner;
    checks.set(idHash, { at: now, userName });
    return { ...session, userName };
  }

  async function end(cookie: string | undefined): Promise<void> {
    const session = await look(cookie);
    if (session === undefined) return;
    await store.remove(session.idHash);
    await access.signOut(session.token);
  }

  return {
    async begin({ userId, jellyfinId, userName }, token, { before, isByPassword }) {
      const { cookie, idHash, key } = createSessionSecret();
      const now = clock.now();
      // First, since on the same device the token before may be the one that is in use now.
      const session = await look(before);
      if (session !== undefined) await store.remove(session.idHash);
      const kept: Kept = { jellyfinId, token, ...(isByPassword ? { passwordAt: now } : {}) };
      const sealedToken = seal(key, JSON.stringify(kept), idHash);
      await store.add({ idHash, userId, userName, sealedToken }, now, SESSION_LIFE);
      checks.set(idHash, { at: now, userName });
      return cookie;
    },
    async find(cookie, caller, isFresh) {
      const session = await look(cookie);
      if (session === undefined) throw new AccountRefusal('signed-out');
      await limits.take('session', session.idHash);
      return check(session, caller, isFresh);
    },
    end,
  };
}

/** What is sealed with a session. */
type Kept = Pick<OpenSession, 'jellyfinId' | 'token'> & { readonly passwordAt?: number };

function openToken(key: Buffer, sealed: string, idHash: string): Kept | undefined {
  const text = unseal(key, sealed, idHash);
  return text === undefined ? undefined : (JSON.parse(text) as Kept);
}
