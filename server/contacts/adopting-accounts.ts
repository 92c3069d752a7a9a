import { ownUserId } from '../jellyfin/own-user-id.ts';
import type { Logger } from '../log.ts';
import type { Account, Accounts, Contacts } from '../ports.ts';

/**
 * Accounts of a Gatehouse that was given an API key later: a contact that was made without one, under an id of our own,
 * gets the id of Jellyfin as soon as its person is looked up. A link that is under way for the old id dies.
 */
export function createAdoptingAccounts(
  accounts: Accounts,
  contacts: Pick<Contacts, 'ofUser' | 'set' | 'remove'>,
  log: Logger,
): Accounts {
  async function adopt(account: Account | undefined): Promise<Account | undefined> {
    if (account === undefined) return undefined;
    const ownId = ownUserId(account.name);
    const own = await contacts.ofUser(ownId);
    if (own.length === 0) return account;
    const known = new Set((await contacts.ofUser(account.id)).map(({ channel }) => channel));
    // What the admin has set since there is a key is newer.
    for (const contact of own.filter(({ channel }) => !known.has(channel)))
      await contacts.set({ ...contact, userId: account.id, userName: account.name });
    await contacts.remove(ownId);
    log.info({ event: 'contact-adopted', userId: account.id });
    return account;
  }

  return {
    ...accounts,
    findByName: async (name) => adopt(await accounts.findByName(name)),
    async findById(id) {
      const account = await accounts.findById(id);
      if (account !== undefined) return account;
      const [contact] = await contacts.ofUser(id);
      const isOwn = contact !== undefined && id === ownUserId(contact.userName);
      return isOwn ? adopt(await accounts.findByName(contact.userName)) : undefined;
    },
  };
}
