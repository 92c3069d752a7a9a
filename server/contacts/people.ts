import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import { findNearest } from '../config/nearest.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import type { Contact } from '../ports/contacts.ts';

/** An account somebody may have a contact for. */
export interface Person {
  /** Jellyfin's user id. */
  readonly id: string;
  readonly name: string;
  /** False where Jellyfin could not be asked whether there is such an account. Default true. */
  readonly isProved?: boolean;
}

/** Jellyfin's accounts at one moment, for finding many names with one call. */
export interface People {
  /** False where not every account is known, and names are believed. Default true. */
  readonly provesNames?: boolean;
  /** The account of that name, letter case aside as Jellyfin does it. */
  find(name: string): Person | undefined;
  /** Says that there is no account of that name, with the name probably meant. */
  explainMissing(name: string): string;
}

/** Makes a look-up over a list of accounts. */
export function createPeople(list: readonly Person[]): People {
  return {
    find: (name) => findByUserName(list, (person) => person.name, name),
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
  return {
    provesNames: false,
    find(name) {
      const shown = findByUserName(seen, (person) => person.name, name);
      const known = findByUserName(contacts, ({ userName }) => userName, name);
      const ownId = ownUserId(name);
      // Links and limits hang on an id once given; another one of Jellyfin's is another person by now.
      if (known !== undefined && (shown === undefined || known.userId === ownId))
        return { id: known.userId, name: shown?.name ?? known.userName };
      if (shown !== undefined) return shown;
      return name.trim() === '' ? undefined : { id: ownId, name, isProved: false };
    },
    explainMissing: () => 'a user name must not be empty',
  };
}
