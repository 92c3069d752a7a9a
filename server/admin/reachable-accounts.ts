import type { ResetConfig } from '../config/reset-config.ts';
import type { AskForPeople, People, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChannelName } from '../ports/contacts.ts';
import type { LanguagesOf } from '../ports/preferences.ts';
import type { Standings } from '../ports/standings.ts';
import { findUser } from './find-user.ts';

/** What telling whose account is worth a contact needs of the world. */
export interface ReachableParts {
  readonly askForPeople: AskForPeople;
  /** Undefined without an API key: then every account is believed to have a password that can be reset. */
  readonly standings: Pick<Standings, 'of'> | undefined;
  /** Whether administrators may reset their passwords: `reset.administrators` of the config. */
  readonly administrators: ResetConfig['administrators'];
}

/** What having messages sent to people needs besides. */
export interface WritingParts extends ReachableParts {
  /** Names of those that are set up. */
  readonly channels: readonly ChannelName[];
  readonly languagesOf: LanguagesOf;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/** A name nobody can be found or written to by. */
export interface NameProblem {
  readonly name: string;
  /** Says what to do. */
  readonly error: UseCaseError;
}

/** Who was found of those that were named. */
export interface FoundPeople {
  /** Each once, in the order of the names. */
  readonly people: readonly Person[];
  readonly problems: readonly NameProblem[];
}

/**
 * Finds the accounts of names, and leaves out those whose password cannot be reset, for whom a contact is of no use.
 *
 * @param names User names, letter case aside, or ids.
 * @throws {JellyfinUnreachableError}
 */
export async function findReachable(names: readonly string[], parts: ReachableParts): Promise<FoundPeople> {
  const everybody = await parts.askForPeople();
  const found = new Map<string, { readonly name: string; readonly person: Person }>();
  const problems: NameProblem[] = [];
  for (const name of names) {
    try {
      const person = findUser(everybody, name);
      if (!found.has(person.id)) found.set(person.id, { name, person });
    } catch (error) {
      if (!(error instanceof UseCaseError)) throw error;
      problems.push({ name, error });
    }
  }
  const isUsable = await createIsUsable([...found.keys()], parts);
  const people: Person[] = [];
  for (const { name, person } of found.values()) {
    if (isUsable(person.id)) people.push(person);
    else problems.push({ name, error: new UseCaseError('account-unavailable') });
  }
  return { people, problems };
}

/**
 * The accounts of Jellyfin whose password can be reset, by name.
 *
 * @throws {JellyfinUnreachableError}
 */
export async function listReachable(
  parts: ReachableParts,
): Promise<{ readonly everybody: People; readonly people: readonly Person[] }> {
  const everybody = await parts.askForPeople();
  const isUsable = await createIsUsable(
    everybody.list.map(({ id }) => id),
    parts,
  );
  const people = everybody.list
    .filter(({ id }) => isUsable(id))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return { everybody, people };
}

/** Tells whether the password of an account can be reset. */
async function createIsUsable(
  ids: readonly string[],
  { standings, administrators }: ReachableParts,
): Promise<(userId: string) => boolean> {
  const known = standings === undefined || ids.length === 0 ? [] : await standings.of(ids);
  const unusable = known.filter(
    ({ isDisabled, elsewhere, isAdministrator }) =>
      isDisabled || elsewhere !== undefined || (isAdministrator && administrators === 'never'),
  );
  const kept = new Set(unusable.map(({ userId }) => userId));
  return (userId) => !kept.has(userId);
}
