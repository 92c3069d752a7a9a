import type { AskForPeople, Person } from '../contacts/people.ts';
import type { Contacts, KeptContact } from '../ports/contacts.ts';
import type { AccountStanding, Standings } from '../ports/standings.ts';

/** What listing people needs of the world. */
export interface ListPeopleParts {
  readonly askForPeople: AskForPeople;
  readonly contacts: Pick<Contacts, 'list' | 'ofUser'>;
  /** Undefined without an API key. */
  readonly standings: Pick<Standings, 'of'> | undefined;
}

/** Which people are wanted, and which part of them. */
export interface PeopleQuery {
  /** What the name contains, letter case aside; empty: any. */
  readonly name: string;
  /** `reachable`: has a contact that is not refused; `unverified`: has one that nobody proved. */
  readonly contacts: 'all' | 'reachable' | 'unreachable' | 'unverified';
  /** How many to leave out. */
  readonly start: number;
  readonly limit: number;
}

/** A person with what is known of them. */
export interface KnownPerson {
  readonly userId: string;
  readonly userName: string;
  readonly contacts: readonly KeptContact[];
  readonly standing: AccountStanding | undefined;
}

/** A part of the people that were asked for. */
export interface PeoplePage {
  /** By name. */
  readonly people: readonly KnownPerson[];
  readonly matching: number;
  /** `start` of the next part; undefined: there is none. */
  readonly next: number | undefined;
  /** False where Jellyfin told of the accounts on the login screen only. */
  readonly isComplete: boolean;
}

/**
 * Lists Jellyfin's accounts with their contacts and how they stand. Changes nothing.
 *
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function listPeople(query: PeopleQuery, parts: ListPeopleParts): Promise<PeoplePage> {
  const everybody = await parts.askForPeople();
  const wanted = fold(query.name);
  const named = everybody.list
    .filter(({ name }) => fold(name).includes(wanted))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en') || (one.id < other.id ? -1 : 1));
  const matching = await withContacts(named, query, parts.contacts);
  const end = query.start + query.limit;
  const page = matching.slice(query.start, end);
  const standings = new Map<string, AccountStanding>();
  if (parts.standings !== undefined && page.length > 0)
    for (const one of await parts.standings.of(page.map(({ id }) => id))) standings.set(one.userId, one);
  const people: KnownPerson[] = [];
  for (const { id, name } of page) {
    const contacts = await parts.contacts.ofUser(id);
    people.push({ userId: id, userName: name, contacts, standing: standings.get(id) });
  }
  return {
    people,
    matching: matching.length,
    next: end < matching.length ? end : undefined,
    isComplete: everybody.provesNames ?? true,
  };
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

async function withContacts(
  people: readonly Person[],
  query: PeopleQuery,
  contacts: Pick<Contacts, 'list'>,
): Promise<readonly Person[]> {
  if (query.contacts === 'all') return people;
  const all = await contacts.list();
  const idsOf = (isMeant: (contact: KeptContact) => boolean) =>
    new Set(all.filter(isMeant).map(({ userId }) => userId));
  const ids = idsOf(({ state }) =>
    query.contacts === 'unverified' ? state === 'unverified' : state !== 'refused',
  );
  const isWanted = query.contacts !== 'unreachable';
  return people.filter(({ id }) => ids.has(id) === isWanted);
}
