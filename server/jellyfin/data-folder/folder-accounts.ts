import { setTimeout as sleep } from 'node:timers/promises';
import { findByUserName, userNameKey } from '../../../injector/jellyfin/user-names.ts';
import { createOneAtATime } from '../../concurrency/one-at-a-time.ts';
import type { DataFolderSetting } from '../../config/data-folder-places.ts';
import type { Account, Accounts } from '../../ports/accounts.ts';
import type { Contact, Contacts } from '../../ports/contacts.ts';
import { hasOwnPassword } from '../account-availability.ts';
import type { UserDto } from '../answers.ts';
import { createServerName } from '../api.ts';
import { ownUserId } from '../own-user-id.ts';
import { type DataFolder, explainNotFound, findDataFolder } from './find-data-folder.ts';
import { PinWayError } from './redeem-pin-file.ts';
import { type ByPinParts, setPasswordByPin } from './set-password-by-pin.ts';
import type { ToldPinFile, ToldPinFiles } from './told-pin-files.ts';

/** The port, and what only this adapter can say. */
export interface FolderAccounts extends Accounts {
  /** Whether a PIN file of that user can be one that we asked for. */
  isOurs(userName: string): boolean;
}

/** What the adapter needs. */
export interface FolderAccountsParts extends Omit<ByPinParts, 'findFolder' | 'onFile' | 'wait' | 'mayWrite'> {
  readonly wish: DataFolderSetting;
  readonly contacts: Pick<Contacts, 'ofUser' | 'ofUserName'>;
  /** Where our own PIN files are noted, so that no message goes out for one that a crash leaves behind. */
  readonly told: ToldPinFiles;
  /** How to wait some milliseconds; default by a timer. */
  readonly wait?: ByPinParts['wait'];
}

/** How long after a change its PIN file may still be seen, in milliseconds. */
const AFTERMATH_MS = 30_000;

/**
 * Jellyfin's accounts with nothing but its data folder: no API key. Who there is, the contacts say, since nobody else can
 * be sent a message anyway; of accounts on the login screen Jellyfin tells more. What it does not tell is taken to be
 * usual: not disabled, no administrator, a password of Jellyfin's own. The change itself finds out.
 */
export function createFolderAccounts(parts: FolderAccountsParts): FolderAccounts {
  const { api, contacts, clock, log, wish } = parts;
  const changes = createOneAtATime();
  const endedAt = new Map<string, number>();

  async function findFolder(): Promise<DataFolder> {
    const finding = await findDataFolder(wish);
    if (finding.kind === 'found') return finding.folder;
    throw new PinWayError({ kind: 'refused', detail: explainNotFound(finding.tried) });
  }

  async function onFile(file: ToldPinFile): Promise<void> {
    // A message too many is better than no new password.
    await parts.told.note(file).catch(() => false);
  }

  const changing: ByPinParts = { wait: (ms) => sleep(ms), ...parts, findFolder, onFile };

  async function toAccount(contact: Contact | undefined): Promise<Account | undefined> {
    const seen = await api.publicUsers();
    if (contact === undefined) return undefined;
    const same = findByUserName(seen, ({ Name }) => Name, contact.userName);
    // Somebody else has that name by now.
    if (same !== undefined && !isOwnId(contact) && same.Id !== contact.userId) return undefined;
    return describe(contact, same);
  }

  /** Forgets who changed his password long ago. */
  function note(key: string): void {
    endedAt.set(key, clock.now());
    for (const [name, at] of endedAt) if (clock.now() - at > AFTERMATH_MS) endedAt.delete(name);
  }

  return {
    findByName: async (name) =>
      toAccount(findByUserName(await contacts.ofUserName(name), ({ userName }) => userName, name)),
    findById: async (id) => toAccount((await contacts.ofUser(id))[0]),
    serverName: createServerName(api, clock),
    async setPassword(id, password, mayWrite, mayBeAdministrator = true) {
      const calledAt = clock.now();
      let contact: Contact | undefined;
      try {
        [contact] = await contacts.ofUser(id);
      } catch (err) {
        log.error({ event: 'set-password-failed', userId: id, err });
        return { kind: 'unreachable', detail: 'The database could not be read.' };
      }
      if (contact === undefined) return { kind: 'account-unavailable', reason: 'gone' };
      const mayBe = mayBeAdministrator && parts.mayBeAdministrator !== false;
      const key = userNameKey(contact.userName);
      const account = { id, isOwnId: isOwnId(contact), name: contact.userName };
      try {
        return await changes.run(key, () =>
          setPasswordByPin({ ...changing, mayWrite, mayBeAdministrator: mayBe }, account, password, calledAt),
        );
      } finally {
        note(key);
      }
    },
    isOurs(userName) {
      const key = userNameKey(userName);
      const ended = endedAt.get(key);
      return changes.isBusy(key) || (ended !== undefined && clock.now() - ended <= AFTERMATH_MS);
    },
  };
}

function isOwnId({ userId, userName }: Contact): boolean {
  return userId === ownUserId(userName);
}

function describe({ userId, userName }: Contact, seen: UserDto | undefined): Account {
  return {
    id: userId,
    name: seen?.Name ?? userName,
    isAdministrator: seen?.Policy.IsAdministrator ?? false,
    isDisabled: false,
    hasLocalPassword: seen === undefined || hasOwnPassword(seen),
  };
}
