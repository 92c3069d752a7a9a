import type { AskForPeople } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { Audit, KeptAuditEntry } from '../ports/audit.ts';
import type { Contacts } from '../ports/contacts.ts';
import { findContactId, isAccountId } from './find-user.ts';

/** Most entries of one answer. */
export const MOST_ENTRIES = 10_000;

/** What reading the audit log needs of the world. */
export interface ListAuditParts {
  readonly audit: Pick<Audit, 'list'>;
  readonly contacts: Pick<Contacts, 'ofUser' | 'ofUserName'>;
  readonly askForPeople: AskForPeople;
}

/** Which entries are wanted. */
export interface AuditQuery {
  /** How many of the newest, 1 to {@link MOST_ENTRIES}. */
  readonly limit: number;
  /** Only those with an id below: the next page of an answer. */
  readonly before?: number | undefined;
  /** Only those of this account: its name, letter case aside, or its id (32 lower-case hex digits). */
  readonly user?: string | undefined;
}

/**
 * Lists what happened to accounts and to the reset service, newest first; names are filled in from contacts where an
 * entry has an id only. Changes nothing.
 *
 * @throws {UseCaseError} `limit-refused`, `user-unknown`.
 * @throws {JellyfinUnreachableError} only for a name that no contact has.
 * @throws {StorageError}
 */
export async function listAudit(
  query: AuditQuery,
  parts: ListAuditParts,
): Promise<readonly KeptAuditEntry[]> {
  const { limit, before, user } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ENTRIES)
    throw new UseCaseError('limit-refused', MOST_ENTRIES);
  const userId = user === undefined ? undefined : await findId(user, parts);
  const entries = await parts.audit.list({ limit, before, userId });
  const names = await namesOf(entries, parts.contacts);
  return entries.map((entry) => ({ ...entry, userName: entry.userName ?? names.get(entry.userId ?? '') }));
}

/** By contact first, so that the audit log can be read while Jellyfin is away; an id is taken as it is. */
async function findId(name: string, { contacts, askForPeople }: ListAuditParts): Promise<string> {
  if (isAccountId(name)) return name;
  const contactId = await findContactId(contacts, name);
  if (contactId !== undefined) return contactId;
  const people = await askForPeople();
  const person = people.find(name);
  if (person !== undefined) return person.id;
  throw new UseCaseError(
    'user-unknown',
    `${people.explainMissing(name)}; of somebody who is gone, give the id`,
  );
}

async function namesOf(
  entries: readonly KeptAuditEntry[],
  contacts: Pick<Contacts, 'ofUser'>,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(entries.flatMap(({ userId }) => (userId === undefined ? [] : [userId])));
  const names = new Map<string, string>();
  for (const id of ids) {
    const [contact] = await contacts.ofUser(id);
    if (contact !== undefined) names.set(id, contact.userName);
  }
  return names;
}
