import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { AccountAccess } from '../ports/account-access.ts';

/**
 * Makes the use case: signs one device of the person out of Jellyfin, or all. Of a device that somebody else uses, too, all
 * who are signed in on it are signed out: Jellyfin knows it no other way. Source: ASVS 5.0 7.5.2.
 */
export function createSignOutDevices(
  access: Pick<AccountAccess, 'endDevices'>,
  log: Pick<Logger, 'info'>,
): AccountUseCases['signOutDevices'] {
  return async (id, { session, clientAddress }) => {
    const { userId, userName, jellyfinId } = session;
    if (!(await access.endDevices(jellyfinId, id === undefined ? 'all' : [id])))
      throw new AccountRefusal('account-unavailable');
    log.info({ event: 'devices-signed-out', userId, userName, clientAddress, isAll: id === undefined });
  };
}
