import { setTimeout as sleep } from 'node:timers/promises';
import type { Accounts } from '../ports.ts';

/** Longest wait for a name: a page waits for it, in milliseconds. */
const NAME_WAIT_MS = 2_000;

/**
 * The name an account has now: it may have another one than when the message was asked for, and it is the new one
 * that signs in. While Jellyfin cannot be asked, the one that was kept. Never throws.
 */
export async function findCurrentName(
  accounts: Pick<Accounts, 'findById'>,
  kept: { readonly userId: string; readonly userName: string },
): Promise<string> {
  return (await findNameNow(accounts, kept.userId)) ?? kept.userName;
}

/** The name an account has now; undefined when it is gone, or Jellyfin does not answer within 2 s. Never throws. */
export async function findNameNow(
  accounts: Pick<Accounts, 'findById'>,
  userId: string,
): Promise<string | undefined> {
  const patience = new AbortController();
  const waited = sleep(NAME_WAIT_MS, undefined, { signal: patience.signal });
  const asked = accounts.findById(userId);
  const account = await Promise.race([asked, waited]).catch(() => undefined);
  patience.abort();
  // Whichever lost the race may still fail.
  waited.catch(() => undefined);
  asked.catch(() => undefined);
  return account?.name;
}
