import { readAddress } from '../contacts/address.ts';
import type { AskForPeople, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';
import { findContactId, findUser } from './find-user.ts';
import { type ImportResult, importContacts } from './import-contacts.ts';

/** What keeping contacts needs of the world. */
export interface ManageContactsParts {
  /** Each change to them is told by whoever made them; see `createAuditedContacts`. */
  readonly contacts: Contacts;
  readonly askForPeople: AskForPeople;
}

/** An address that was set. */
export interface SetContact {
  readonly contact: Contact;
  /** False where Jellyfin could not be asked whether there is such an account. */
  readonly isProved: boolean;
}

/** Accounts that no message can reach. */
export interface MissingContacts {
  /** In the order of their names. */
  readonly people: readonly Person[];
  /** False where Jellyfin told of the accounts on the login screen only. */
  readonly isComplete: boolean;
}

/** How an import ended. */
export interface ImportedContacts extends ImportResult {
  /** False where Jellyfin could not be asked whether there are accounts of the names, and they were believed. */
  readonly isProved: boolean;
}

/**
 * Keeps who is reached where. Every method rejects with a StorageError when contacts cannot be read or kept, and those
 * that ask Jellyfin with a JellyfinUnreachableError when Jellyfin does not answer.
 */
export interface ManageContacts {
  /** All contacts with whole addresses, by user name. */
  list(): Promise<readonly Contact[]>;
  /** Lists the accounts of Jellyfin that have no contact. */
  listMissing(): Promise<MissingContacts>;
  /**
   * Sets or replaces the mail address of an account.
   *
   * @param wanted.name User name, letter case aside.
   * @param wanted.address As typed; see `readAddress`.
   * @throws {UseCaseError} `address-refused`, `user-unknown`.
   */
  set(wanted: { readonly name: string; readonly address: string }): Promise<SetContact>;
  /**
   * Removes the contacts of an account, also of one that Jellyfin has no more; answers how many there were.
   *
   * @throws {UseCaseError} `user-unknown`.
   */
  remove(name: string): Promise<number>;
  /** Imports many; see `importContacts`. */
  importCsv(bytes: Uint8Array): Promise<ImportedContacts>;
}

/** Makes the use case. */
export function createManageContacts({ contacts, askForPeople }: ManageContactsParts): ManageContacts {
  return {
    list: () => contacts.list(),
    async listMissing() {
      const people = await askForPeople();
      const reached = new Set((await contacts.list()).map(({ userId }) => userId));
      const missing = people.list.filter(({ id }) => !reached.has(id));
      return {
        people: missing.toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
        isComplete: people.provesNames ?? true,
      };
    },
    async set({ name, address: typed }) {
      const read = readAddress(typed);
      if ('fault' in read) throw new UseCaseError('address-refused', read.fault);
      const person = findUser(await askForPeople(), name);
      const { address } = read;
      const contact: Contact = { userId: person.id, userName: person.name, channel: 'email', address };
      await contacts.set(contact);
      return { contact, isProved: person.isProved ?? true };
    },
    async remove(name) {
      const people = await askForPeople();
      const userId = people.find(name)?.id ?? (await findContactId(contacts, name));
      return contacts.remove(userId ?? findUser(people, name).id);
    },
    async importCsv(bytes) {
      const people = await askForPeople();
      return { ...(await importContacts(bytes, { contacts, people })), isProved: people.provesNames ?? true };
    },
  };
}
