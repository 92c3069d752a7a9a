import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import type { People, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Contacts } from '../ports/contacts.ts';

/**
 * Finds the account of that name, or of that id, among those of Jellyfin.
 *
 * @throws {UseCaseError} `user-unknown`, with the name probably meant.
 */
export function findUser(people: People, nameOrId: string): Person {
  const byId = isAccountId(nameOrId) ? people.findById(nameOrId) : undefined;
  const person = byId ?? people.find(nameOrId);
  if (person === undefined) throw new UseCaseError('user-unknown', people.explainMissing(nameOrId));
  return person;
}

/** Whether a text is the id of an account, as Jellyfin gives it: 32 lower-case hex digits. */
export function isAccountId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** Finds the id of an account by its contacts, for one that Jellyfin has no more, or cannot be asked for. */
export async function findContactId(
  contacts: Pick<Contacts, 'ofUserName'>,
  name: string,
): Promise<string | undefined> {
  return findByUserName(await contacts.ofUserName(name), ({ userName }) => userName, name)?.userId;
}
