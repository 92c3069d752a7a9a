import type { AskForPeople, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Standings, UnlockOutcome } from '../ports/standings.ts';
import { findUser } from './find-user.ts';

/** What unlocking needs of the world. */
export interface UnlockAccountParts {
  readonly askForPeople: AskForPeople;
  /** Undefined without an API key. */
  readonly standings: Pick<Standings, 'of' | 'unlock'> | undefined;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it. */
  readonly by: string;
}

/** An account, and how its unlock ended. */
export interface Unlocked {
  readonly person: Person;
  readonly outcome: Exclude<UnlockOutcome, 'gone'>;
}

/**
 * Opens an account that failed sign-ins locked; one that an administrator disabled stays closed.
 *
 * @param nameOrId The name, letter case aside, or the id.
 * @throws {UseCaseError} `user-unknown`, `needs-api-key`.
 * @throws {JellyfinUnreachableError}
 */
export async function unlockAccount(
  nameOrId: string,
  { askForPeople, standings, log, by }: UnlockAccountParts,
): Promise<Unlocked> {
  if (standings === undefined) throw new UseCaseError('needs-api-key');
  const person = findUser(await askForPeople(), nameOrId);
  const unlocked = await unlock(person, standings, { log, by });
  if (unlocked === undefined) throw new UseCaseError('user-unknown', `Jellyfin has no user "${person.name}"`);
  return unlocked;
}

/**
 * Opens every account that failed sign-ins locked, one after the other; those that are gone meanwhile are left out.
 *
 * @throws {UseCaseError} `needs-api-key`.
 * @throws {JellyfinUnreachableError} Those before stay open.
 */
export async function unlockAllLocked(parts: UnlockAccountParts): Promise<readonly Unlocked[]> {
  const { askForPeople, standings } = parts;
  if (standings === undefined) throw new UseCaseError('needs-api-key');
  const { list } = await askForPeople();
  const all: Unlocked[] = [];
  for (const { userId, userName, isLocked } of await standings.of(list.map(({ id }) => id))) {
    if (!isLocked) continue;
    const unlocked = await unlock({ id: userId, name: userName }, standings, parts);
    if (unlocked !== undefined) all.push(unlocked);
  }
  return all;
}

async function unlock(
  person: Person,
  standings: Pick<Standings, 'unlock'>,
  { log, by }: Pick<UnlockAccountParts, 'log' | 'by'>,
): Promise<Unlocked | undefined> {
  const outcome = await standings.unlock(person.id);
  if (outcome === 'gone') return undefined;
  if (outcome === 'unlocked')
    log.info({ event: 'account-unlocked', userId: person.id, userName: person.name, by });
  return { person, outcome };
}
