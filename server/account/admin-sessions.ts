import { AccountRefusal } from '../http/account-use-cases.ts';
import type { Accounts } from '../ports/accounts.ts';
import { type AdminSessions, FRESH_MS } from '../ports/admin-sessions.ts';
import type { Clock } from '../ports/clock.ts';
import type { Sessions } from './sessions.ts';

/** What telling administrators needs of the world. */
export interface AdminSessionsParts {
  readonly sessions: Pick<Sessions, 'find'>;
  readonly accounts: Pick<Accounts, 'findById'>;
  /** Reads the session's cookie of a request, as the routes of My Account do. */
  readonly readCookie: (request: Parameters<AdminSessions['administratorOf']>[0]) => string | undefined;
  readonly clock: Clock;
}

/**
 * Makes the sessions of administrators of those of My Account: one that began with name and password a short time ago, of an
 * account that Jellyfin, asked for each call, says is an administrator's. Keeps the promises of the port.
 */
export function createAdminSessions({
  sessions,
  accounts,
  readCookie,
  clock,
}: AdminSessionsParts): AdminSessions {
  return {
    async administratorOf(request) {
      const clientAddress = String(request.headers['x-forwarded-for'] ?? '').trim() || '0.0.0.0';
      try {
        const caller = { clientAddress, acceptLanguage: undefined };
        const { userId, passwordAt } = await sessions.find(readCookie(request), caller, false);
        const now = clock.now();
        if (passwordAt === undefined || now < passwordAt || now - passwordAt > FRESH_MS) return undefined;
        const account = await accounts.findById(userId).catch(() => undefined);
        if (account === undefined || !account.isAdministrator || account.isDisabled) return undefined;
        return { userId, userName: account.name };
      } catch (error) {
        if (error instanceof AccountRefusal) return undefined;
        throw error;
      }
    },
  };
}
