import type { AskForPeople, Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Logger } from '../log/log.ts';
import type { AccountControls, DisableOutcome, SignOutOutcome } from '../ports/account-controls.ts';
import type { AccountSessions } from '../ports/account-sessions.ts';
import { findUser } from './find-user.ts';

/** What changing who may come in needs of the world. */
export interface ChangeAccessParts {
  readonly askForPeople: AskForPeople;
  /** Undefined without an API key. */
  readonly controls: AccountControls | undefined;
  /** Of My Account. */
  readonly accountSessions: Pick<AccountSessions, 'removeOf'>;
  readonly log: Pick<Logger, 'info'>;
  /** Who asks for it, as the audit log shall name it, e.g. `command-line`. */
  readonly by: string;
}

/** What became of it, and whose account it is. */
interface Changed<Outcome> {
  readonly person: Person;
  readonly outcome: Outcome;
}

/**
 * Disables an account, which ends its sessions in Jellyfin and in My Account, or enables it; one that failed sign-ins locked is
 * enabled too.
 *
 * @param nameOrId The name, letter case aside, or the id.
 * @throws {UseCaseError} `user-unknown`, `needs-api-key`, `administrator-stays`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function setDisabled(
  nameOrId: string,
  isDisabled: boolean,
  parts: ChangeAccessParts,
): Promise<Changed<Exclude<DisableOutcome, 'gone' | 'administrator'>>> {
  const { controls, person } = await find(nameOrId, parts);
  const outcome = await controls.setDisabled(person.id, isDisabled);
  if (outcome === 'gone') throw new UseCaseError('user-unknown', `Jellyfin has no user "${person.name}"`);
  if (outcome === 'administrator') throw new UseCaseError('administrator-stays', person.name);
  if (outcome === 'done') {
    const event = isDisabled ? 'account-disabled' : 'account-enabled';
    parts.log.info({ event, userId: person.id, userName: person.name, by: parts.by });
  }
  if (isDisabled && outcome !== 'not-kept') await parts.accountSessions.removeOf(person.id);
  return { person, outcome };
}

/**
 * Ends every session of an account, in Jellyfin and in My Account. The password stays.
 *
 * @param nameOrId The name, letter case aside, or the id.
 * @throws {UseCaseError} `user-unknown`, `needs-api-key`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function signOut(nameOrId: string, parts: ChangeAccessParts): Promise<Changed<SignOutOutcome>> {
  const { controls, person } = await find(nameOrId, parts);
  const outcome = await controls.signOut(person.id);
  if (outcome !== 'own-token') {
    await parts.accountSessions.removeOf(person.id);
    const about = { userId: person.id, userName: person.name, by: parts.by };
    parts.log.info({ event: 'account-signed-out', ...about, isAll: outcome === 'done' });
  }
  return { person, outcome };
}

async function find(nameOrId: string, { controls, askForPeople }: ChangeAccessParts) {
  if (controls === undefined) throw new UseCaseError('needs-api-key');
  return { controls, person: findUser(await askForPeople(), nameOrId) };
}
