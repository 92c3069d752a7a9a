import type { Logger } from '../log/log.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import type { Accounts } from '../ports/accounts.ts';

/** Ends the sessions of My Account that an account has. Never throws: what fails is logged. */
export async function endOwnSessions(
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
    async setPassword(id, password, mayWrite, mayBeAdministrator) {
      const outcome = await accounts.setPassword(id, password, mayWrite, mayBeAdministrator);
      if (outcome.kind === 'in-force') await endOwnSessions(sessions, id, log);
      return outcome;
    },
  };
}
