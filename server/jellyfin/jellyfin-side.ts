import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { createAdoptingAccounts } from '../contacts/adopting-accounts.ts';
import type { Logger } from '../log.ts';
import { type Lockouts, NO_LOCKOUTS, presumeLockouts } from '../login/lockouts.ts';
import type { Accounts, Clock, Contacts } from '../ports.ts';
import { PROGRAM_VERSION } from '../version.ts';
import { createAccounts } from './accounts.ts';
import { createJellyfinApi } from './api.ts';
import type { DataFolderWish } from './data-folder/find-data-folder.ts';
import { createFolderAccounts } from './data-folder/folder-accounts.ts';
import { createKeylessApi } from './data-folder/keyless-api.ts';
import type { ToldPinFiles } from './data-folder/told-pin-files.ts';
import { createLockouts } from './lockouts.ts';

/** What the reset service has of Jellyfin. */
export interface JellyfinSide {
  readonly accounts: Accounts;
  readonly lockouts: Lockouts;
  /** Whether a PIN file of that user can be one that we asked for; an API key needs none. */
  isOurPinFile(userName: string): boolean;
}

/** How Jellyfin is reached, and what may be used there. */
export interface JellyfinSideParts {
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  /** Wins over the data folder. */
  readonly apiKey: string | undefined;
  readonly dataFolder: DataFolderWish | undefined;
  /** Whether passwords of administrators may be set. */
  readonly mayBeAdministrator: boolean;
  /** Whether sessions are ended that Jellyfin's own revocation leaves. */
  readonly endsSessions: boolean;
  readonly loginThrottle?: Config['loginThrottle'];
  readonly contacts: Contacts;
  /** PIN files that need no message. */
  readonly toldPinFiles: ToldPinFiles;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Chooses how passwords are set: by an API key where there is one, else by Jellyfin's data folder.
 *
 * @throws {Error} when there is neither; the check of the configuration has refused that.
 */
export function createJellyfinSide(parts: JellyfinSideParts): JellyfinSide {
  const { url, ca, apiKey, dataFolder, clock, contacts, log, mayBeAdministrator, endsSessions } = parts;
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const door = { url, ca, deviceId, version: PROGRAM_VERSION };
  if (apiKey !== undefined) {
    const api = createJellyfinApi({ ...door, apiKey });
    const accounts = createAccounts({ api, clock, log, mayBeAdministrator, endsSessions });
    const adopting = createAdoptingAccounts(accounts, contacts, log);
    return { accounts: adopting, lockouts: createLockouts({ api, clock, log }), isOurPinFile: () => false };
  }
  if (dataFolder === undefined) throw new Error('reset needs jellyfin.apiKey or jellyfin.dataFolder');
  const api = createKeylessApi(door);
  const accounts = createFolderAccounts({
    api,
    clock,
    contacts,
    log,
    mayBeAdministrator,
    told: parts.toldPinFiles,
    wish: dataFolder,
  });
  const presumed = parts.loginThrottle?.lockout;
  const lockouts = presumed === undefined ? NO_LOCKOUTS : presumeLockouts(presumed);
  return { accounts, lockouts, isOurPinFile: accounts.isOurs };
}
