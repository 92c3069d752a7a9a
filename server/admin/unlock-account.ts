import type { AskForPeople, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { Standings, UnlockOutcome } from '../ports/standings.ts';
import { findUser } from './find-user.ts';

/** What unlocking needs of the world. */
export interface UnlockAccountParts {
  readonly askForPeople: AskForPeople;
  /** Undefined without an API key. */
  readonly standings: Pick<Standings, 'unlock'> | undefined;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it. */
  readonly by: string;
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
): Promise<{ readonly person: Person; readonly outcome: Exclude<UnlockOutcome, 'gone'> }> {
  if (standings === undefined) throw new UseCaseError('needs-api-key');
  const person = findUser(await askForPeople(), nameOrId);
  const outcome = await standings.unlock(person.id);
  if (outcome === 'gone') throw new UseCaseError('user-unknown', `Jellyfin has no user "${person.name}"`);
  if (outcome === 'unlocked')
    log.info({ event: 'account-unlocked', userId: person.id, userName: person.name, by });
  return { person, outcome };
}
