import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { findByUserName } from '../../injector/jellyfin/user-names.ts';
import { oneLine } from '../messages/messages.ts';
import { nameSome } from '../messages/name-some.ts';
import { RescueRefusal } from './refusal.ts';

/** Passwords of accounts with any other provider are kept elsewhere. Source: jellyfin, all versions. */
export const OWN_PROVIDER = 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider';

/** Kinds of rows of `Permissions`. Source: jellyfin PermissionKind.cs. */
export const PERMISSIONS = { administrator: 0, disabled: 2, lyrics: 23 } as const;

/** An account as the database has it. */
export interface Person {
  /** As the database writes it: upper case, with dashes. */
  readonly id: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  /** Whether there is a row that says whether it is; a missing one means no. */
  readonly hasAdministratorRow: boolean;
  readonly isDisabled: boolean;
  /** Failed sign-ins since the last good one. */
  readonly failures: number;
  /** Failed sign-ins that lock it; undefined for never. */
  readonly failuresAllowed: number | undefined;
  /** Who keeps its password. */
  readonly provider: string;
  /** What Jellyfin's API never tells, and loses when it is not told. */
  readonly mayEditLyrics: boolean;
}

/** Reads all accounts, ordered by name. */
export function readPeople(db: DatabaseSync): Person[] {
  const has = (kind: number): string =>
    `EXISTS (SELECT 1 FROM Permissions p WHERE p.UserId = u.Id AND p.Kind = ${kind} AND p.Value <> 0)`;
  return db
    .prepare(
      `SELECT Id, Username, InvalidLoginAttemptCount, LoginAttemptsBeforeLockout, AuthenticationProviderId,
         ${has(PERMISSIONS.administrator)} AS administrator, ${has(PERMISSIONS.disabled)} AS disabled,
         ${has(PERMISSIONS.lyrics)} AS lyrics,
         EXISTS (SELECT 1 FROM Permissions p WHERE p.UserId = u.Id AND p.Kind = ${PERMISSIONS.administrator}) AS administratorRow
       FROM Users u ORDER BY Username`,
    )
    .all()
    .map(toPerson);
}

function toPerson(row: Record<string, SQLOutputValue>): Person {
  const limit = row['LoginAttemptsBeforeLockout'];
  return {
    id: String(row['Id']),
    name: String(row['Username']),
    isAdministrator: row['administrator'] === 1,
    hasAdministratorRow: row['administratorRow'] === 1,
    isDisabled: row['disabled'] === 1,
    failures: Number(row['InvalidLoginAttemptCount']),
    failuresAllowed: limit === null || limit === undefined ? undefined : Number(limit),
    provider: String(row['AuthenticationProviderId']),
    mayEditLyrics: row['lyrics'] === 1,
  };
}

/**
 * Finds whom a name means: as Jellyfin compares names, else the only one whose name begins so.
 *
 * @param name Undefined: the only administrator there is.
 * @throws {RescueRefusal} when nobody or several are meant, with the names there are.
 */
export function findPerson(people: readonly Person[], name: string | undefined): Person {
  if (name === undefined) {
    const administrators = people.filter(({ isAdministrator }) => isAdministrator);
    const [only, another] = administrators;
    if (only !== undefined && another === undefined) return only;
    if (only === undefined)
      throw noUser(
        'There is no administrator; name whom to make one with --user NAME --administrator',
        people,
      );
    throw noUser('There is more than one administrator; name one with --user NAME', administrators);
  }
  const found = findByUserName(people, (person) => person.name, name);
  if (found !== undefined) return found;
  const begun = beginning(people, name);
  if (begun[0] !== undefined && begun.length === 1) return begun[0];
  if (begun.length > 1) throw noUser(`Several names begin with "${oneLine(name)}"`, begun);
  throw noUser(`Nobody is called "${oneLine(name)}"`, people);
}

/** Those whose names begin so, whatever the letter case. */
export function beginning(people: readonly Person[], name: string): Person[] {
  const begin = name.toLowerCase();
  return people.filter((person) => person.name.toLowerCase().startsWith(begin));
}

/** Most names in one sentence. */
const MOST_NAMES = 20;

function noUser(what: string, people: readonly Person[]): RescueRefusal {
  const names = people.map(({ name }) => oneLine(name));
  return new RescueRefusal(`${what}: ${nameSome(names, MOST_NAMES)}.`);
}
