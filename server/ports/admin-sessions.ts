import type { IncomingMessage } from 'node:http';

/** A Jellyfin administrator who is signed in to Gatehouse. */
export interface SignedInAdministrator {
  readonly userId: string;
  readonly userName: string;
}

/** How old at most what Jellyfin said of an administrator may be, in milliseconds. */
export const ADMINISTRATOR_KNOWN_MS = 60_000;

/** How long after the password was typed a session is fresh, in milliseconds. */
export const FRESH_MS = 15 * 60_000;

/** Tells which requests are those of administrators. */
export interface AdminSessions {
  /**
   * The administrator whose session the request's cookie is: there is such a session, the password was typed at most
   * {@link FRESH_MS} ago, and Jellyfin, asked at most {@link ADMINISTRATOR_KNOWN_MS} ago, says that the account is an
   * administrator's and not disabled. Undefined in every other case, and where Jellyfin cannot be asked.
   *
   * @throws {StorageError} when sessions cannot be read.
   */
  administratorOf(request: Pick<IncomingMessage, 'headers'>): Promise<SignedInAdministrator | undefined>;
}

/** Where nobody can sign in: every call of the admin API is refused. */
export const NO_ADMINISTRATORS: AdminSessions = { administratorOf: async () => undefined };
