import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Config } from '../config/config.ts';
import type { DataFolderSetting } from '../config/data-folder-places.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { Logger } from '../log/log.ts';
import type { AccountControls } from '../ports/account-controls.ts';
import type { Account, Accounts } from '../ports/accounts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contacts } from '../ports/contacts.ts';
import { type Lockouts, NO_LOCKOUTS, presumeLockouts } from '../ports/lockouts.ts';
import type { Standings, UnlockOutcome } from '../ports/standings.ts';
import { hasOwnPassword, isLocked } from './account-availability.ts';
import { createAccountControls } from './account-controls.ts';
import type { UserDto } from './answers.ts';
import { createJellyfinApi, createServerName, type JellyfinApi } from './api.ts';
import { createFolderAccounts } from './data-folder/folder-accounts.ts';
import { createKeylessApi } from './data-folder/keyless-api.ts';
import type { ToldPinFiles } from './data-folder/told-pin-files.ts';
import { createLockouts } from './lockouts.ts';
import { ownUserId } from './own-user-id.ts';
import { type SetPasswordParts, setPassword } from './set-password.ts';
import { createStandings, unlockAccount } from './standings.ts';

/**
 * Accounts of a Gatehouse that was given an API key later: a contact that was made without one, under an id of our own,
 * gets the id of Jellyfin as soon as its person is looked up. A link that is under way for the old id dies.
 */
export function createAdoptingAccounts(
  accounts: Accounts,
  contacts: Pick<Contacts, 'ofUser' | 'set' | 'remove'>,
  log: Logger,
): Accounts {
  async function adopt(account: Account | undefined): Promise<Account | undefined> {
    if (account === undefined) return undefined;
    const ownId = ownUserId(account.name);
    const own = await contacts.ofUser(ownId);
    if (own.length === 0) return account;
    const known = new Set((await contacts.ofUser(account.id)).map(({ channel }) => channel));
    // What the admin has set since there is a key is newer.
    for (const contact of own.filter(({ channel }) => !known.has(channel)))
      await contacts.set({ ...contact, userId: account.id, userName: account.name });
    await contacts.remove(ownId);
    log.info({ event: 'contact-adopted', userId: account.id });
    return account;
  }

  return {
    ...accounts,
    findByName: async (name) => adopt(await accounts.findByName(name)),
    async findById(id) {
      const account = await accounts.findById(id);
      if (account !== undefined) return account;
      const [contact] = await contacts.ofUser(id);
      const isOwn = contact !== undefined && id === ownUserId(contact.userName);
      return isOwn ? adopt(await accounts.findByName(contact.userName)) : undefined;
    },
  };
}

/** What the reset service has of Jellyfin. */
export interface JellyfinConnection {
  readonly accounts: Accounts;
  readonly lockouts: Lockouts;
  /** Undefined without an API key. */
  readonly standings: Standings | undefined;
  /** Undefined without an API key. */
  readonly controls: AccountControls | undefined;
  /** Whether a PIN file of that user can be one that we asked for; an API key needs none. */
  isOurPinFile(userName: string): boolean;
}

/** How Jellyfin is reached, and what may be used there. */
export interface JellyfinConnectionParts {
  readonly url: string;
  /** The only certificate authorities to trust, in PEM. */
  readonly ca?: string | undefined;
  /** Wins over the data folder. */
  readonly apiKey: string | undefined;
  readonly dataFolder: DataFolderSetting | undefined;
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
export function connectJellyfin(parts: JellyfinConnectionParts): JellyfinConnection {
  const { url, ca, apiKey, dataFolder, clock, contacts, log, mayBeAdministrator, endsSessions } = parts;
  const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
  const connection = { url, ca, deviceId, version: PROGRAM_VERSION };
  if (apiKey !== undefined) {
    const api = createJellyfinApi({ ...connection, apiKey });
    const accounts = createAccounts({ api, clock, log, mayBeAdministrator, endsSessions });
    return {
      accounts: createAdoptingAccounts(accounts, contacts, log),
      lockouts: createLockouts({ api, clock, log }),
      standings: createStandings(api, accounts.unlock),
      controls: accounts.controls,
      isOurPinFile: () => false,
    };
  }
  if (dataFolder === undefined) throw new Error('reset needs jellyfin.apiKey or jellyfin.dataFolder');
  const api = createKeylessApi(connection);
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
  const presumedLockouts = presumed === undefined ? NO_LOCKOUTS : presumeLockouts(presumed);
  const lockouts = { ...presumedLockouts, accountOf: nameByContact(contacts) };
  const isOurPinFile = accounts.isOurs;
  return { accounts, lockouts, standings: undefined, controls: undefined, isOurPinFile };
}

/** The port, and what only this adapter can say. */
export interface JellyfinAccounts extends Accounts {
  /** Whether a change of that account runs or waits. A ForgotPassword for it would undo the change on 10.11 and 12. */
  isChanging(userId: string): boolean;
  /** As `Standings.unlock`; waits for a change of that account that is under way. */
  unlock(userId: string): Promise<UnlockOutcome>;
  /** They wait for a change of that account that is under way, too. */
  readonly controls: AccountControls;
}

async function toAccount(api: JellyfinApi, user: UserDto): Promise<Account> {
  return {
    id: user.Id,
    name: user.Name,
    isAdministrator: user.Policy.IsAdministrator,
    isDisabled: user.Policy.IsDisabled && !(await isLocked(api, user)),
    hasLocalPassword: hasOwnPassword(user),
  };
}

/** What the adapter needs. */
export interface AccountsParts extends Omit<SetPasswordParts, 'wait' | 'mayWrite'> {
  /** How to wait some milliseconds; default by a timer. */
  readonly wait?: SetPasswordParts['wait'];
}

/**
 * Jellyfin's accounts over its API. Nothing of an account is cached: look-ups happen behind the answer of a request,
 * so nobody waits for them, and a decision about a password must not rest on what was true seconds ago. Jellyfin has
 * no look-up by name, so `findByName` reads the whole list.
 */
export function createAccounts(parts: AccountsParts): JellyfinAccounts {
  const { api, clock } = parts;
  const changing: SetPasswordParts = { wait: (ms) => sleep(ms), ...parts };
  const changes = createOneAtATime();
  return {
    async findByName(name) {
      const user = findByUserName(await api.users(), ({ Name }) => Name, name);
      return user === undefined ? undefined : toAccount(api, user);
    },
    async findById(id) {
      const user = await api.user(id);
      return user === undefined ? undefined : toAccount(api, user);
    },
    serverName: createServerName(api, clock),
    setPassword(id, password, mayWrite, mayBeAdministrator = true) {
      const calledAt = clock.now();
      const mayBe = mayBeAdministrator && parts.mayBeAdministrator !== false;
      return changes.run(id, () =>
        setPassword({ ...changing, mayWrite, mayBeAdministrator: mayBe }, id, password, calledAt),
      );
    },
    isChanging: (id) => changes.isBusy(id),
    unlock: (id) => changes.run(id, () => unlockAccount(api, id, changing.wait)),
    controls: createAccountControls(api, changing.wait, changes.run),
  };
}

/** Without an API key Jellyfin tells nobody which accounts there are; those that have a contact are known. */
function nameByContact(contacts: Pick<Contacts, 'ofUser' | 'ofUserName'>): Lockouts['accountOf'] {
  return async (name) => {
    try {
      const found = name.startsWith('#')
        ? (await contacts.ofUser(name.slice(1)))[0]
        : findByUserName(await contacts.ofUserName(name), ({ userName }) => userName, name);
      return found === undefined ? undefined : { userId: found.userId, userName: found.userName };
    } catch {
      // A line without a name says more than none.
      return undefined;
    }
  };
}
