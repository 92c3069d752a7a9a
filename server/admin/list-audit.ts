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
  /** Only those of that name; one that ends in `-` stands for all that begin so. */
  readonly event?: string | undefined;
  /** Not before, in ms since 1970. */
  readonly from?: number | undefined;
  /** Before. */
  readonly to?: number | undefined;
}

/** A part of the entries that were asked for. */
export interface AuditPage {
  /** The newest first. */
  readonly entries: readonly KeptAuditEntry[];
  /** `before` of the next part; undefined: there is no more. */
  readonly next: number | undefined;
}

/** Entries that are read together. */
const CHUNK = 1_000;

/** Most entries that are looked at for one part; what is wanted may be rare, and the log long. */
export const MOST_LOOKED_AT = 20_000;

/** How far the times of entries may be out of the order of their ids: clocks are set, and several processes write. */
const OUT_OF_ORDER_MS = 24 * 60 * 60_000;

/**
 * Lists the entries that fit, part by part; as {@link listAudit} beyond that. A part may be empty though more follow: no
 * more than {@link MOST_LOOKED_AT} entries are looked at for one.
 *
 * @throws as {@link listAudit}.
 */
export async function pageAudit(query: AuditQuery, parts: ListAuditParts): Promise<AuditPage> {
  const { limit, user, event, from = 0, to = Number.POSITIVE_INFINITY } = query;
  const userId = user === undefined ? undefined : await findId(user, parts);
  const isMeant = (name: string): boolean =>
    event === undefined || (event.endsWith('-') ? name.startsWith(event) : name === event);
  const found: KeptAuditEntry[] = [];
  let before = query.before;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += CHUNK) {
    const chunk = await parts.audit.list({ limit: CHUNK, before, userId });
    for (const entry of chunk) {
      // One more than wanted, to see that there are more.
      if (found.length === limit) return page(found, found.at(-1)?.id, parts);
      if (entry.at < from - OUT_OF_ORDER_MS) return page(found, undefined, parts);
      if (isMeant(entry.event) && entry.at >= from && entry.at < to) found.push(entry);
      before = entry.id;
    }
    if (chunk.length < CHUNK) return page(found, undefined, parts);
  }
  return page(found, before, parts);
}

async function page(
  entries: readonly KeptAuditEntry[],
  next: number | undefined,
  parts: ListAuditParts,
): Promise<AuditPage> {
  return { entries: await withNames(entries, parts), next };
}

/**
 * Lists what happened to accounts and to the reset service, newest first; names are filled in where an entry has an id only and
 * somebody knows the name: a contact, another of the entries, or Jellyfin. Changes nothing.
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
  return withNames(entries, parts);
}

async function withNames(
  entries: readonly KeptAuditEntry[],
  parts: Pick<ListAuditParts, 'contacts' | 'askForPeople'>,
): Promise<readonly KeptAuditEntry[]> {
  const names = await namesOf(entries, parts);
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

/** Of contacts, of other entries, and last of Jellyfin; while that is away, the id stays. */
async function namesOf(
  entries: readonly KeptAuditEntry[],
  { contacts, askForPeople }: Pick<ListAuditParts, 'contacts' | 'askForPeople'>,
): Promise<ReadonlyMap<string, string>> {
  const nameless = entries.filter(({ userName }) => userName === undefined);
  const ids = new Set(nameless.flatMap(({ userId }) => (userId === undefined ? [] : [userId])));
  const names = new Map<string, string>();
  for (const id of ids) {
    const [contact] = await contacts.ofUser(id);
    const name = contact?.userName ?? entries.find((one) => one.userId === id && one.userName)?.userName;
    if (name !== undefined) names.set(id, name);
  }
  const unnamed = [...ids].filter((id) => !names.has(id));
  const people = unnamed.length === 0 ? undefined : await askForPeople().catch(() => undefined);
  for (const id of unnamed) {
    const person = people?.findById(id);
    if (person !== undefined) names.set(id, person.name);
  }
  return names;
}
