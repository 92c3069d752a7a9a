import { createHash } from 'node:crypto';
import { AccountRefusal, type AccountUseCases } from '../http/account-use-cases.ts';
import type { ConfirmationAnswer } from '../http/link-contract.ts';
import { type Logger, shortAddress } from '../log/log.ts';
import type { Accounts } from '../ports/accounts.ts';
import type { ContactChange, ContactChanges } from '../ports/contact-changes.ts';
import type { Contacts, KeptContact } from '../ports/contacts.ts';
import type { ServerChannels } from './server-channels.ts';
import { answerAbout, findByLink, type LookParts } from './undo-change.ts';

/** What answering "is this you?" needs of the world. */
export interface ConfirmAddressParts extends LookParts {
  readonly changes: Pick<ContactChanges, 'look' | 'spend' | 'add'>;
  readonly contacts: Pick<Contacts, 'ofUser' | 'verify' | 'refuse'>;
  readonly accounts: Pick<Accounts, 'serverName'>;
  readonly channels: Pick<ServerChannels, 'shown'>;
  readonly log: Logger;
}

/** The use cases behind the link of "is this you?". */
export type ConfirmAddressUseCases = Pick<AccountUseCases, 'lookAtConfirmation' | 'answerConfirmation'>;

/**
 * Makes them. The link is for one address of one account: once the account has another there, or that one was proved or refused
 * in another way, it is good for nothing. Whoever answers that the account is not theirs gets nothing more of it, and for as long as
 * `disownedUntil` says no administrator can set that address for the account again.
 */
export function createConfirmAddress(parts: ConfirmAddressParts): ConfirmAddressUseCases {
  const { changes, contacts, clock, log } = parts;

  async function find(token: string, clientAddress: string) {
    const change = await findByLink(parts, 'confirm', token, clientAddress);
    const contact = (await contacts.ofUser(change.userId)).find((one) => isMeant(change, one));
    if (contact === undefined) throw new AccountRefusal('link-unknown');
    if (contact.state !== 'unverified') throw new AccountRefusal('link-used');
    return { change, contact };
  }

  async function answer(contact: KeptContact): Promise<ConfirmationAnswer> {
    return { ...(await answerAbout(contact, parts)), address: shortAddress(contact.address) };
  }

  /** Remembers that the address is somebody else's; the mark has no secret of its own. */
  async function disown({ userId, userName, channel, address, secretHash }: ContactChange): Promise<void> {
    const now = clock.now();
    const mark = createHash('sha256').update(`disowned ${secretHash}`).digest('hex');
    const about = { kind: 'disowned', secretHash: mark, userId, userName, channel, address } as const;
    await changes.add({ ...about, expiresAt: now + MARK_MS }, now);
    await changes.spend('disowned', mark, now);
  }

  return {
    async lookAtConfirmation(token, { clientAddress }) {
      return answer((await find(token, clientAddress)).contact);
    },
    async answerConfirmation({ token, isMine }, { clientAddress }) {
      const { change, contact } = await find(token, clientAddress);
      // First, so that of two answers at once one counts.
      const spent = await changes.spend('confirm', change.secretHash, clock.now());
      if (spent.state !== 'spent') throw new AccountRefusal('link-used');
      const { userId, userName, channel } = contact;
      const about = { userId, userName, channel, clientAddress };
      if (isMine) {
        const verified = await contacts.verify(contact.id, clock.now());
        if (verified === undefined) throw new AccountRefusal('link-unknown');
        log.info({ event: 'contact-verified', ...about, by: 'confirmation' });
      } else {
        await disown(change);
        await contacts.refuse(contact.id);
        log.warn({ event: 'contact-disowned', ...about, from: shortAddress(contact.address) });
      }
      return answer(contact);
    },
  };
}

/** How long the mark is open: it is spent at once, and kept as long as rows are that ended. */
const MARK_MS = 60_000;

function isMeant({ channel, address }: ContactChange, contact: KeptContact): boolean {
  return contact.channel === channel && contact.address.toLowerCase() === address?.toLowerCase();
}
