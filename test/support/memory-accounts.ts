import type { Account, Accounts } from '../../server/ports/accounts.ts';

/** Accounts kept in memory, in place of a Jellyfin. */
export interface MemoryAccounts extends Accounts {
  /** While true, every call fails as if Jellyfin were away. */
  isAway: boolean;
  /** Names and ids that were asked for. */
  readonly asked: string[];
}

/** Makes an account with what matters to the test. */
export function account(name: string, fields: Partial<Account> = {}): Account {
  const id = Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32);
  return { id, name, isAdministrator: false, isDisabled: false, hasLocalPassword: true, ...fields };
}

/** Makes the port over a fixed list of accounts. Setting a password always succeeds and keeps nothing. */
export function createMemoryAccounts(list: readonly Account[]): MemoryAccounts {
  const asked: string[] = [];
  async function find(wish: string, matches: (one: Account) => boolean): Promise<Account | undefined> {
    asked.push(wish);
    if (accounts.isAway) throw new Error('Jellyfin is away');
    return list.find(matches);
  }
  const accounts: MemoryAccounts = {
    isAway: false,
    asked,
    findByName: (name) => find(name, (one) => one.name.toLowerCase() === name.toLowerCase()),
    findById: (id) => find(id, (one) => one.id === id),
    serverName: async () => 'Living Room',
    setPassword: async () => ({ kind: 'in-force', tries: 1 }),
  };
  return accounts;
}
