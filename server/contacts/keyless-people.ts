import { findByUserName } from '../jellyfin/name-compare.ts';
import { ownUserId } from '../jellyfin/own-user-id.ts';
import type { Contact } from '../ports.ts';
import type { People, Person } from './people.ts';

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
