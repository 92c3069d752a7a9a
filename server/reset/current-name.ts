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
  const patience = new AbortController();
  const waited = sleep(NAME_WAIT_MS, undefined, { signal: patience.signal });
  const asked = accounts.findById(kept.userId);
  const account = await Promise.race([asked, waited]).catch(() => undefined);
  patience.abort();
  // Whichever lost the race may still fail.
  waited.catch(() => undefined);
  asked.catch(() => undefined);
  return account?.name ?? kept.userName;
}
