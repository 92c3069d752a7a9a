import { findNearest } from '../config/nearest.ts';
import { findByUserName } from '../jellyfin/name-compare.ts';

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
