import { indexUserNames, readUserName } from '../../injector/jellyfin/user-names.ts';
import { findNearest } from '../config/nearest.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import type { Contact } from '../ports/contacts.ts';

/** An account somebody may have a contact for. */
export interface Person {
  /** Jellyfin's user id. */
  readonly id: string;
  readonly name: string;
  /** False where Jellyfin could not be asked whether there is such an account. @default true */
  readonly isProved?: boolean;
}

/** Jellyfin's accounts at one moment, for finding many names with one call. */
export interface People {
  /** False where not every account is known, and names are believed. @default true */
  readonly provesNames?: boolean;
  /** Every account Jellyfin told of. */
  readonly list: readonly Person[];
  /** Finds the account of that name, letter case aside as Jellyfin does it. */
  find(name: string): Person | undefined;
  /** Finds the account with that id: 32 lower-case hex digits. */
  findById(id: string): Person | undefined;
  /** Whether Jellyfin has the account of a contact; undefined where it told of some accounts only. */
  has(contact: Pick<Contact, 'userId' | 'userName'>): boolean | undefined;
  /** Says that there is no account of that name, with the name probably meant. */
  explainMissing(name: string): string;
}

/**
 * Asks Jellyfin for its accounts; without an API key it tells of those on the login screen only.
 *
 * @throws {JellyfinUnreachableError} when it does not answer.
 * @throws {Error} when the config has neither an API key nor a data folder.
 */
export type AskForPeople = () => Promise<People>;

/** Makes a look-up over a list of accounts. */
export function createPeople(list: readonly Person[]): People {
  const find = indexUserNames(list, (person) => person.name);
  const byId = new Map(list.map((person) => [person.id, person]));
  return {
    list,
    find,
    findById: (id) => byId.get(id),
    // One that was made without an API key, under an id of our own, is taken over by the account of its name.
    has: ({ userId, userName }) =>
      byId.has(userId) || (userId === ownUserId(userName) && find(userName) !== undefined),
    explainMissing: (name) => {
      const near = findNearest(
        name,
        list.map((person) => person.name),
      );
      const hint = near === undefined ? 'names are those of Dashboard, Users' : `did you mean ${near}?`;
      return `Jellyfin has no user "${name}"; ${hint}`;
    },
  };
}

/**
 * Makes a look-up for where Jellyfin tells of its hidden accounts nothing: without an API key. A name that is neither on
 * the login screen nor among the contacts is believed, under an id of our own; `isProved` is then false.
 *
 * @param seen Accounts on the login screen.
 */
export function createKeylessPeople(seen: readonly Person[], contacts: readonly Contact[]): People {
  const findSeen = indexUserNames(seen, (person) => person.name);
  const findKnown = indexUserNames(contacts, ({ userName }) => userName);
  return {
    provesNames: false,
    list: seen,
    findById: (id) => seen.find((person) => person.id === id),
    find(name) {
      const shown = findSeen(name);
      const known = findKnown(name);
      const ownId = ownUserId(name);
      // Links and limits hang on an id once given; another one of Jellyfin's is another person by now.
      if (known !== undefined && (shown === undefined || known.userId === ownId))
        return { id: known.userId, name: shown?.name ?? known.userName };
      if (shown !== undefined) return shown;
      const read = readUserName(name);
      return read === '' ? undefined : { id: ownId, name: read, isProved: false };
    },
    has: ({ userId }) => (seen.some(({ id }) => id === userId) ? true : undefined),
    explainMissing: () => 'a user name must not be empty',
  };
}
