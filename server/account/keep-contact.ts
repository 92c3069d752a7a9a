import type { Language } from '../../injector/kit/translations.ts';
import { type Logger, shortAddress } from '../log/log.ts';
import type { ContactNotices } from '../outbox/contact-messages.ts';
import type { Clock } from '../ports/clock.ts';
import type { Contact, Contacts } from '../ports/contacts.ts';

/** What changing contacts needs of the world. */
export interface KeepContactParts {
  readonly contacts: Pick<Contacts, 'ofUser' | 'set' | 'remove'>;
  readonly notices: ContactNotices;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How a change came to be. */
export interface ChangedBy {
  /** SHA-256 of the invitation, in hex, with which it was made; undefined: by somebody signed in, with the password. */
  readonly invitationHash?: string | undefined;
  /** Undefined where it came over a channel. */
  readonly clientAddress: string | undefined;
  /** Of the messages about it. */
  readonly language: Language;
}

/** Changes contacts for good; the one before hears of it first. Every method rejects with a StorageError. */
export interface KeepContact {
  /** Keeps an address that the person has proved. */
  set(contact: Contact, how: ChangedBy): Promise<void>;
  /** Removes the contact on a channel; there may be none. */
  remove(about: Omit<Contact, 'address'>, how: ChangedBy): Promise<void>;
}

/** How a change came to be, as the log and pages have it: `account` is signed in, with the password. */
export function wayOf({ invitationHash }: Pick<ChangedBy, 'invitationHash'>): 'account' | 'invitation' {
  return invitationHash === undefined ? 'account' : 'invitation';
}

/** Makes it. Source: ASVS 5.0 6.3.7. */
export function createKeepContact({ contacts, notices, clock, log }: KeepContactParts): KeepContact {
  const find = async ({ userId, channel }: Pick<Contact, 'userId' | 'channel'>) =>
    (await contacts.ofUser(userId)).find((one) => one.channel === channel);

  return {
    async set(contact, { invitationHash, clientAddress, language }) {
      const { userId, userName, channel, address } = contact;
      const before = await find(contact);
      const isSame = before?.address.toLowerCase() === address.toLowerCase();
      if (before !== undefined && !isSame)
        await notices.replaced({ userId, userName, language }, before, address, invitationHash);
      if (before === undefined) await notices.added({ userId, userName, language }, channel);
      await contacts.set(contact, clock.now(), { state: 'verified' });
      const about = { userId, userName, channel, clientAddress, by: wayOf({ invitationHash }) };
      const to = shortAddress(address);
      if (before === undefined) log.info({ event: 'contact-added', ...about, to });
      else if (isSame) log.info({ event: 'contact-verified', ...about });
      else log.info({ event: 'contact-changed', ...about, from: shortAddress(before.address), to });
    },
    async remove({ userId, userName, channel }, { invitationHash, clientAddress, language }) {
      const before = await find({ userId, channel });
      if (before === undefined) return;
      await notices.replaced({ userId, userName, language }, before, undefined, invitationHash);
      await contacts.remove(userId, clock.now(), channel);
      const from = shortAddress(before.address);
      log.info({
        event: 'contact-removed',
        userId,
        userName,
        channel,
        clientAddress,
        from,
        by: wayOf({ invitationHash }),
      });
    },
  };
}
