import type { People, Person } from '../contacts/people.ts';
import type { FoundContact } from '../ports/contact-source.ts';
import { isAccountId } from './find-user.ts';

/** Whose a found contact is. */
export type MatchedPerson =
  | { readonly person: Person }
  /** Nobody in Jellyfin. */
  | { readonly unknown: string }
  /** Perhaps somebody; an administrator has to say so. */
  | { readonly doubt: string };

/** Most unknown names for which the one probably meant is looked for: that costs a look at everybody. */
const MOST_HINTS = 200;

/** Finds whose found contacts are. */
export type MatchPerson = (found: Pick<FoundContact, 'jellyfinId' | 'name'>) => MatchedPerson;

/**
 * Makes what finds an account by its id, else by its name. An id that Jellyfin has no more, with the name of another account,
 * is in doubt: after Jellyfin was set up anew it is the same person, after somebody was removed it need not be.
 *
 * @param options.byName The administrator says that it is the same.
 */
export function createMatchPerson(people: People, { byName }: { readonly byName: boolean }): MatchPerson {
  const provesIds = people.provesNames ?? true;
  let hints = 0;

  function explainMissing(name: string): string {
    hints += 1;
    return hints > MOST_HINTS ? `Jellyfin has no user "${name}"` : people.explainMissing(name);
  }

  return ({ jellyfinId, name }) => {
    // In a column of names there may be ids.
    const id = readId(jellyfinId ?? name);
    const byId = id === undefined ? undefined : people.findById(id);
    if (byId !== undefined) return { person: byId };
    const named = name === undefined ? undefined : people.find(name);
    if (jellyfinId === undefined || !provesIds) {
      if (named !== undefined) return { person: named };
      if (name !== undefined) return { unknown: explainMissing(name) };
      return { unknown: 'has no name, and without jellyfin.apiKey Jellyfin cannot be asked for ids' };
    }
    if (named === undefined)
      return { unknown: name === undefined ? 'Jellyfin has no account with this id' : explainMissing(name) };
    if (byName) return { person: named };
    return {
      doubt: `Jellyfin has no account with this id any more, and "${named.name}" is another one; if they are the same people, add --by-name`,
    };
  };
}

/** An id as Jellyfin's API gives it; other programs and older versions write it with dashes or in capitals. */
function readId(text: string | undefined): string | undefined {
  const id = text?.trim().replaceAll('-', '').toLowerCase();
  return id !== undefined && isAccountId(id) ? id : undefined;
}
