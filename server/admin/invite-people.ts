import { randomUUID } from 'node:crypto';
import type { Person } from '../contacts/people.ts';
import { UseCaseError } from '../errors/use-case-error.ts';
import type { ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts, KeptContact } from '../ports/contacts.ts';
import type { Invitations } from '../ports/invitations.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import { type FoundPeople, findReachable, listReachable, type WritingParts } from './reachable-accounts.ts';

/** What inviting people needs of the world. */
export interface InvitePeopleParts extends WritingParts {
  readonly contacts: Pick<Contacts, 'list' | 'ofUser'>;
  readonly changes: Pick<ContactChanges, 'disownedUntil'>;
  readonly invitations: Invitations;
  readonly outbox: Pick<OutboxStore, 'addMessage'>;
}

/** Invites people to add a contact. */
export interface InvitePeople {
  /** Finds whom names mean. @throws {JellyfinUnreachableError} */
  find(names: readonly string[]): Promise<FoundPeople>;
  /**
   * Those whom no message reaches: without a contact, or with refused ones only. Left out are those whose password cannot be reset.
   *
   * @returns `isComplete`: false where Jellyfin told of the accounts on its login screen only.
   * @throws {JellyfinUnreachableError | StorageError}
   */
  findMissing(): Promise<{ readonly people: readonly Person[]; readonly isComplete: boolean }>;
  /** Makes the link to hand over; an earlier one that was not used is good for nothing from then on. @throws {StorageError} */
  invite(person: Person): ReturnType<Invitations['make']>;
  /**
   * Has the invitation sent to a contact that nobody proved, or that was refused. The link is made when the message goes out.
   *
   * @returns the contact it goes to.
   * @throws {UseCaseError} `contact-verified`: there is nothing to add; `no-contact`: nothing can be sent to anywhere.
   * @throws {StorageError}
   */
  send(person: Person): Promise<KeptContact>;
}

/** Makes the use case. */
export function createInvitePeople(parts: InvitePeopleParts): InvitePeople {
  const { contacts, changes, outbox, clock, log, by } = parts;

  /** The first contact a message may be tried at: those that were not refused first, and none that is somebody else's. */
  async function contactFor({ id, name }: Person): Promise<KeptContact> {
    const kept = (await contacts.ofUser(id)).filter(({ channel }) => parts.channels.includes(channel));
    if (kept.some(({ state }) => state === 'verified')) throw new UseCaseError('contact-verified', name);
    for (const state of ['unverified', 'refused'] as const)
      for (const contact of kept)
        if (
          contact.state === state &&
          (await changes.disownedUntil(id, contact.channel, contact.address)) === undefined
        )
          return contact;
    throw new UseCaseError('no-contact');
  }

  return {
    find: (names) => findReachable(names, parts),
    async findMissing() {
      const { everybody, people } = await listReachable(parts);
      const reached = new Set(
        (await contacts.list()).filter(({ state }) => state !== 'refused').map(({ userId }) => userId),
      );
      return {
        people: people.filter(({ id }) => !reached.has(id)),
        isComplete: everybody.provesNames ?? true,
      };
    },
    invite: ({ id, name }) => parts.invitations.make(id, name),
    async send(person) {
      const contact = await contactFor(person);
      const { id: userId, name: userName } = person;
      const about = { kind: 'invitation', userId, userName, key: randomUUID() } as const;
      const language = (await parts.languagesOf([userId]))(userId);
      await outbox.addMessage(
        { ...about, language, queue: contact.channel, contactId: contact.id },
        clock.now(),
      );
      log.info({ event: 'invitation-made', userId, userName, channel: contact.channel, by });
      return contact;
    },
  };
}
