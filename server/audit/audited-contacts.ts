import { type Logger, shortAddress } from '../log.ts';
import type { Contacts } from '../ports.ts';

/**
 * The same contacts, with every change told: from what to what, addresses shortened. A change to what is there already
 * is none. Source: ASVS 5.0 6.3.7, 16.3.
 *
 * @param by Who makes the changes, e.g. `command-line`.
 */
export function createAuditedContacts(contacts: Contacts, log: Logger, by: string): Contacts {
  return {
    ofUser: (userId) => contacts.ofUser(userId),
    ofAddress: (address) => contacts.ofAddress(address),
    ofUserName: (userName) => contacts.ofUserName(userName),
    list: () => contacts.list(),
    formerOf: (userId, now) => contacts.formerOf(userId, now),
    async set(contact, now) {
      const { userId, userName, channel, address } = contact;
      const before = (await contacts.ofUser(userId)).find((one) => one.channel === channel);
      await contacts.set(contact, now);
      if (before?.address === address) return;
      const from = before === undefined ? undefined : shortAddress(before.address);
      log.info({ event: 'contact-changed', userId, userName, channel, from, to: shortAddress(address), by });
    },
    async remove(userId) {
      const before = await contacts.ofUser(userId);
      const removed = await contacts.remove(userId);
      for (const { userName, channel, address } of before) {
        log.info({ event: 'contact-removed', userId, userName, channel, from: shortAddress(address), by });
      }
      return removed;
    },
  };
}
