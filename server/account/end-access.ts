import type { Logger } from '../log/log.ts';
import type { AccountAccess } from '../ports/account-access.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import { endOwnSessions } from '../reset/session-ending-accounts.ts';

/** Signs an account out everywhere, here and in Jellyfin. Never throws: what cannot be ended is logged. */
export type EndAccess = (userId: string) => Promise<void>;

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
    if (!(await access.endDevices(userId, 'all'))) log.warn({ event: 'sessions-left', userId });
  };
}
