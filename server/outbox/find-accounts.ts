import { readAddress } from '../contacts/address.ts';
import type { Account, Accounts, Contacts } from '../ports.ts';
import type { AskedWork } from './outbox-store.ts';

/** Most accounts one address can stand for in one request. */
export const MAX_ACCOUNTS_PER_ADDRESS = 5;

/** Jellyfin could not be asked; the request waits. */
export class AccountsUnreachableError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'AccountsUnreachableError';
  }
}

/**
 * Finds whom a request is about: the account of that name and, when it came from the account page and is a mail
 * address, the accounts with that address. Each account once.
 *
 * @throws {AccountsUnreachableError} when Jellyfin cannot be asked.
 * @throws {StorageError} when contacts cannot be read.
 */
export async function findAccounts(
  asked: Pick<AskedWork, 'identifier' | 'source'>,
  deps: { readonly accounts: Accounts; readonly contacts: Contacts },
): Promise<readonly Account[]> {
  const found = new Map<string, Account>();
  const keep = (account: Account | undefined) => account !== undefined && found.set(account.id, account);
  keep(await reach(() => deps.accounts.findByName(asked.identifier)));
  if (asked.source === 'account-page') {
    const read = readAddress(asked.identifier);
    const contacts = 'address' in read ? await deps.contacts.ofAddress(read.address) : [];
    const ids = new Set(contacts.map((contact) => contact.userId));
    for (const id of [...ids].slice(0, MAX_ACCOUNTS_PER_ADDRESS)) {
      keep(await reach(() => deps.accounts.findById(id)));
    }
  }
  return [...found.values()];
}

async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new AccountsUnreachableError(error);
  }
}
