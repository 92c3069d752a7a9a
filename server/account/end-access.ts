import type { Logger } from '../log/log.ts';
import type { AccountAccess } from '../ports/account-access.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import type { Accounts } from '../ports/accounts.ts';

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

async function endOwnSessions(
  sessions: Pick<AccountSessions, 'removeOf'>,
  userId: string,
  log: Logger,
): Promise<void> {
  try {
    const ended = await sessions.removeOf(userId);
    if (ended > 0) log.info({ event: 'account-sessions-ended', userId, ended });
  } catch (err) {
    log.error({ event: 'sessions-left', userId, err });
  }
}

/** Accounts whose new password ends their sessions of My Account too, whoever set it. Source: ASVS 5.0 7.4.3. */
export function createSessionEndingAccounts(
  accounts: Accounts,
  sessions: Pick<AccountSessions, 'removeOf'>,
  log: Logger,
): Accounts {
  return {
    ...accounts,
    async setPassword(id, password, mayWrite) {
      const outcome = await accounts.setPassword(id, password, mayWrite);
      if (outcome.kind === 'in-force') await endOwnSessions(sessions, id, log);
      return outcome;
    },
  };
}
