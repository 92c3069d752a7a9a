import type { Person } from '../contacts/people.ts';
import type { Audit } from '../ports/audit.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';
import type { NamedAccount } from '../ports/lockouts.ts';

/** What messages to a person count towards; see `PersonMessages` of the outbox. */
interface Messages<Used> {
  show(userId: string, contacts: readonly Contact[]): Promise<Used>;
  countAnew(userId: string, contacts: readonly Contact[]): Promise<void>;
}

/** What holds sign-ins to an account back; see `SignInLimits` of the throttle. */
interface SignIns<Network> {
  networksOf(account: NamedAccount, addresses: readonly string[]): Promise<readonly Network[]>;
  failuresOf(account: NamedAccount): Promise<number>;
  forget(account: NamedAccount, addresses: readonly string[]): Promise<void>;
}

/** What limits of a person need of the world. */
export interface PersonLimitsParts<Used, Network> {
  readonly contacts: Pick<Contacts, 'ofUser'>;
  readonly audit: Pick<Audit, 'list'>;
  readonly messages: Messages<Used>;
  /** Undefined where sign-ins are not throttled. */
  readonly signIns: SignIns<Network> | undefined;
}

/** What a person has used of what they may. */
export interface PersonLimits<Used, Network> {
  readonly messages: Used;
  /** Networks from which sign-ins failed lately. */
  readonly signIns: readonly Network[];
  /** Failed sign-ins that count towards the lockout; undefined where sign-ins are not throttled. */
  readonly failures: number | undefined;
}

/** Events that say from where somebody tried to sign in. */
const SIGN_IN_EVENTS = ['login-failed', 'login-held'];

/** How many of the newest entries of an account are looked through for networks. */
const MOST_ENTRIES = 500;

/** Most networks that are looked at: each is some questions to the database. */
const MOST_NETWORKS = 50;

/**
 * Shows what a person has used of what they may. From which networks sign-ins failed is in the audit log.
 *
 * @throws {StorageError}
 */
export async function showLimits<Used, Network>(
  person: Person,
  parts: PersonLimitsParts<Used, Network>,
): Promise<PersonLimits<Used, Network>> {
  const account = { userId: person.id, userName: person.name };
  return {
    messages: await parts.messages.show(person.id, await parts.contacts.ofUser(person.id)),
    signIns: (await parts.signIns?.networksOf(account, await addressesOf(person.id, parts.audit))) ?? [],
    failures: await parts.signIns?.failuresOf(account),
  };
}

/**
 * Counts messages to a person, and failed sign-ins to their account, from 0 again.
 *
 * @throws {StorageError}
 */
export async function clearLimits<Used, Network>(
  person: Person,
  parts: PersonLimitsParts<Used, Network>,
): Promise<void> {
  await parts.messages.countAnew(person.id, await parts.contacts.ofUser(person.id));
  const account = { userId: person.id, userName: person.name };
  await parts.signIns?.forget(account, await addressesOf(person.id, parts.audit));
}

async function addressesOf(userId: string, audit: Pick<Audit, 'list'>): Promise<readonly string[]> {
  const entries = await audit.list({ userId, limit: MOST_ENTRIES });
  const addresses = entries.flatMap(({ event, clientAddress }) =>
    clientAddress !== undefined && SIGN_IN_EVENTS.includes(event) ? [clientAddress] : [],
  );
  return [...new Set(addresses)].slice(0, MOST_NETWORKS);
}
