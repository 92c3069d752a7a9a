import { readAddress } from '../contacts/address.ts';
import type { AskForPeople, People, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contact, Contacts, KeptContact } from '../ports/contacts.ts';
import { findContactId, findUser, isAccountId } from './find-user.ts';

/** What keeping contacts needs of the world. */
export interface ManageContactsParts {
  /** Each change to them is told by whoever made them; see `createAuditedContacts`. */
  readonly contacts: Contacts;
  readonly contactChanges: Pick<ContactChanges, 'disownedUntil'>;
  readonly askForPeople: AskForPeople;
}

/** An address that was set. */
export interface SetContact {
  readonly contact: Contact;
  /** False where Jellyfin could not be asked whether there is such an account. */
  readonly isProved: boolean;
}

/** A contact, and whether there is somebody to reach by it. */
export interface ListedContact extends KeptContact {
  /**
   * True where Jellyfin has no account of that id any more, also where another account has its name by now; undefined
   * where Jellyfin could not be asked, or tells of some accounts only.
   */
  readonly isGone: boolean | undefined;
}

/** Accounts that no message can reach. */
export interface MissingContacts {
  /** In the order of their names. */
  readonly people: readonly Person[];
  /** How many accounts there are, these included. */
  readonly all: number;
  /** False where Jellyfin told of the accounts on the login screen only. */
  readonly isComplete: boolean;
}

/**
 * Keeps who is reached where. Every method rejects with a StorageError when contacts cannot be read or kept, and those
 * that ask Jellyfin with a JellyfinUnreachableError when Jellyfin does not answer.
 */
export interface ManageContacts {
  /** All contacts with whole addresses, by user name. Can be had while Jellyfin is away. */
  list(): Promise<readonly ListedContact[]>;
  /** Every account of Jellyfin with its mail contact, as far as there is one, in the order of their names. */
  listEverybody(): Promise<readonly (Person & { readonly mail: KeptContact | undefined })[]>;
  /** Lists the accounts of Jellyfin that have no contact. */
  listMissing(): Promise<MissingContacts>;
  /**
   * Sets or replaces the mail address of an account. One that is there and was refused counts as unverified again.
   *
   * @param wanted.name User name, letter case aside.
   * @param wanted.address As typed; see `readAddress`.
   * @throws {UseCaseError} `address-refused`, `user-unknown`, `address-disowned`.
   */
  set(wanted: { readonly name: string; readonly address: string }): Promise<SetContact>;
  /**
   * Removes the contacts of an account; where it has none, those of accounts of that name that are gone from Jellyfin.
   * Answers how many there were.
   *
   * @param nameOrId The name, letter case aside, or the id of the account (32 lower-case hex digits).
   * @throws {UseCaseError} `user-unknown`.
   */
  remove(nameOrId: string): Promise<number>;
  /**
   * Removes the contacts of all accounts that are gone from Jellyfin; answers whose they were.
   *
   * @throws {UseCaseError} `accounts-incomplete` where Jellyfin tells of some accounts only.
   */
  removeGone(): Promise<readonly KeptContact[]>;
}

/** Makes the use case. */
export function createManageContacts({
  contacts,
  contactChanges,
  askForPeople,
}: ManageContactsParts): ManageContacts {
  async function listWith(people: People | undefined): Promise<readonly ListedContact[]> {
    return (await contacts.list()).map((contact) => {
      const here = people?.has(contact);
      return { ...contact, isGone: here === undefined ? undefined : !here };
    });
  }

  return {
    async list() {
      const kept = await contacts.list();
      if (kept.length === 0) return [];
      return listWith(await askForPeople().catch(() => undefined));
    },
    async listEverybody() {
      const people = await askForPeople();
      const mails = (await contacts.list()).filter(({ channel }) => channel === 'email');
      const byAccount = new Map(mails.map((mail) => [mail.userId, mail]));
      return byName(people.list).map((person) => ({ ...person, mail: byAccount.get(person.id) }));
    },
    async listMissing() {
      const people = await askForPeople();
      const reached = new Set((await contacts.list()).map(({ userId }) => userId));
      const missing = people.list.filter(({ id }) => !reached.has(id));
      return { people: byName(missing), all: people.list.length, isComplete: people.provesNames ?? true };
    },
    async set({ name, address: typed }) {
      const read = readAddress(typed);
      if ('fault' in read) throw new UseCaseError('address-refused', read.fault);
      const person = findUser(await askForPeople(), name);
      const { address } = read;
      const contact: Contact = { userId: person.id, userName: person.name, channel: 'email', address };
      const disowned = await contactChanges.disownedUntil(person.id, 'email', address);
      if (disowned !== undefined) throw new UseCaseError('address-disowned', disowned);
      const kept = (await contacts.ofUser(person.id)).find(({ channel }) => channel === contact.channel);
      // Whoever sets it again says that it works by now.
      await contacts.set(contact, undefined, kept?.state === 'refused' ? { state: 'unverified' } : {});
      return { contact, isProved: person.isProved ?? true };
    },
    async remove(nameOrId) {
      if (isAccountId(nameOrId)) {
        const removed = await contacts.remove(nameOrId);
        if (removed > 0) return removed;
      }
      const people = await askForPeople();
      const person = people.find(nameOrId);
      const removed = person === undefined ? 0 : await contacts.remove(person.id);
      if (removed > 0) return removed;
      const userId = await findContactId(contacts, nameOrId);
      return contacts.remove(userId ?? findUser(people, nameOrId).id);
    },
    async removeGone() {
      const people = await askForPeople();
      if (people.provesNames === false) throw new UseCaseError('accounts-incomplete');
      const gone = (await listWith(people)).filter(({ isGone }) => isGone);
      for (const { userId } of gone) await contacts.remove(userId);
      return gone;
    },
  };
}

function byName(people: readonly Person[]): readonly Person[] {
  return people.toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
}
