import type { AskForPeople } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { ChannelDefinition } from '../ports/channel.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { ChannelName, Contacts, KeptContact } from '../ports/contacts.ts';
import { findAddressBlocks } from './address-blocks.ts';
import { findUser } from './find-user.ts';

/** What changing a contact needs of the world. */
export interface SetContactParts {
  /** Each change to them is told by whoever made them; see `createAuditedContacts`. */
  readonly contacts: Contacts;
  readonly contactChanges: Pick<ContactChanges, 'blocksOf'>;
  /** Those that are set up. */
  readonly channels: readonly Pick<ChannelDefinition, 'name' | 'readAddress'>[];
  readonly askForPeople: AskForPeople;
}

/** A contact that somebody means. */
export interface MeantContact {
  /** The name, letter case aside, or the id. */
  readonly user: string;
  readonly channel: ChannelName;
}

/**
 * Sets or replaces the address of a person on a channel; another one than they had is unverified.
 *
 * @param wanted.address As typed.
 * @throws {UseCaseError} `user-unknown`, `channel-unknown`, `address-refused`, `address-undone`, `address-disowned`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function setContact(
  wanted: MeantContact & { readonly address: string },
  parts: SetContactParts,
): Promise<KeptContact> {
  const channel = parts.channels.find(({ name }) => name === wanted.channel);
  if (channel === undefined) throw new UseCaseError('channel-unknown');
  const read = channel.readAddress(wanted.address);
  if ('fault' in read) throw new UseCaseError('address-refused', read.fault);
  const { id: userId, name: userName } = findUser(await parts.askForPeople(), wanted.user);
  const contact = { userId, userName, channel: channel.name, address: read.address };
  const [block] = await findAddressBlocks([contact], parts.contactChanges);
  if (block !== undefined) throw block;
  await parts.contacts.set(contact);
  return contactOf(userId, channel.name, parts.contacts);
}

/**
 * Marks a contact as verified, where the administrator knows that it is the person's.
 *
 * @throws {UseCaseError} `user-unknown`, `contact-unknown`.
 * @throws {JellyfinUnreachableError | StorageError}
 */
export async function verifyContact(
  wanted: MeantContact,
  {
    contacts,
    askForPeople,
    clock,
  }: Pick<SetContactParts, 'contacts' | 'askForPeople'> & { readonly clock: Clock },
): Promise<KeptContact> {
  const { id } = findUser(await askForPeople(), wanted.user);
  const contact = await contactOf(id, wanted.channel, contacts);
  const verified = await contacts.verify(contact.id, clock.now());
  if (verified === undefined) throw new UseCaseError('contact-unknown');
  return verified;
}

async function contactOf(
  userId: string,
  channel: ChannelName,
  contacts: Pick<Contacts, 'ofUser'>,
): Promise<KeptContact> {
  const contact = (await contacts.ofUser(userId)).find((one) => one.channel === channel);
  if (contact === undefined) throw new UseCaseError('contact-unknown');
  return contact;
}
