import type { Logger } from '../log/log.ts';
import type { AccountAccess } from '../ports/account-access.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import { endOwnSessions } from '../reset/session-ending-accounts.ts';

/**
 * Signs an account out everywhere, here and in Jellyfin; answers whether Jellyfin did. Never throws: what cannot be ended is logged.
 */
export type EndAccess = (userId: string) => Promise<boolean>;

/**
 * Makes it. Where Jellyfin cannot be told (no API key, or it is away), sessions here end all the same, and those in Jellyfin
 * stay until the password is changed.
 */
export function createEndAccess(parts: {
  readonly sessions: Pick<AccountSessions, 'removeOf'>;
  readonly access: Pick<AccountAccess, 'endDevices'>;
  readonly log: Logger;
}): EndAccess {
  const { sessions, access, log } = parts;
  return async (userId) => {
    await endOwnSessions(sessions, userId, log);
    const isEnded = await access.endDevices(userId, 'all');
    if (!isEnded) log.warn({ event: 'sessions-left', userId });
    return isEnded;
  };
}
