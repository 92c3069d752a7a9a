import type { Account, Accounts, SetPasswordOutcome } from '../../server/ports/accounts.ts';

/** Accounts that end each change as a test says, and keep a list of what was asked. */
export interface ScriptedAccounts extends Accounts {
  /** Every call of `setPassword`, oldest first. */
  readonly changes: { readonly id: string; readonly password: string; readonly mayWrite: () => boolean }[];
  /** How the next changes end; in force by default. */
  endWith(outcome: SetPasswordOutcome | Promise<SetPasswordOutcome>): void;
}

/** Makes accounts for tests of what stands above the port; Jellyfin itself is tested by the port's contract. */
export function createScriptedAccounts(known: readonly Account[] = []): ScriptedAccounts {
  let next: SetPasswordOutcome | Promise<SetPasswordOutcome> = { kind: 'in-force', tries: 1 };
  const changes: { id: string; password: string; mayWrite: () => boolean }[] = [];
  return {
    changes,
    endWith(outcome) {
      next = outcome;
    },
    findByName: async (name) => known.find((a) => a.name.toLowerCase() === name.toLowerCase()),
    findById: async (id) => known.find((account) => account.id === id),
    serverName: async () => 'Living Room',
    async setPassword(id, password, mayWrite = () => true) {
      changes.push({ id, password, mayWrite });
      return next;
    },
  };
}
