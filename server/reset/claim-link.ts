import { randomUUID } from 'node:crypto';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { LinkState, ResetLinks } from '../ports/reset-links.ts';

/**
 * How long a claim lasts without being renewed, in milliseconds: so long after a crash the link is good again. A slow
 * storage (5 s) must not cost a claim.
 */
export const CLAIM_LEASE_MS = 20_000;

/** How often a claim is renewed, in milliseconds. */
const RENEW_MS = 5_000;

/** How long it is renewed, or spending is tried, in milliseconds; no change takes as long (`CHANGE_BUDGET_MS`, `TIDY_BUDGET_MS`). */
const MOST_MS = 120_000;

/** A link that one redemption holds, and whose secret it alone may spend. */
export interface ClaimedLink {
  readonly userId: string;
  readonly userName: string;
  /** Whether it is still held at this moment. Once false, it stays so: somebody else may hold it. */
  isHeld(): boolean;
  /**
   * Ends the claim: the link is `spent` for good, every other secret of the account with it. `lost`: somebody else
   * holds it or has spent it; nothing was changed. Never throws: `failed` is logged and tried again for two minutes,
   * after which the link is good again.
   */
  spend(): Promise<'spent' | 'lost' | 'failed'>;
  /** Ends the claim: the link is good again, now or, when the storage fails, with the end of the lease. Never throws. */
  release(): Promise<void>;
}

/** What claiming needs. */
export interface ClaimLinkParts {
  readonly links: Pick<ResetLinks, 'claim' | 'renew' | 'spend' | 'release'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What came of trying to claim a link. */
export type Claiming =
  | { readonly state: 'claimed'; readonly link: ClaimedLink }
  | { readonly state: Exclude<LinkState['state'], 'open'> };

/**
 * Claims a link, for whoever wants to set a password with it. A link goes through three states:
 *
 *     issued ──claim──▶ claimed ──spend──▶ done
 *        ◀──release, or end of the lease──┘
 *
 * Each arrow is one guarded write of the storage, so that of any number of processes one makes it, and a process that
 * dies leaves the link in one of the three. The claim bears a random name and is renewed while it is held; a process
 * that was stopped for longer than the lease finds its claim lost, and neither writes a password nor touches the claim
 * of somebody else. Only one link of an account is claimed at a time. Source: OWASP O8; ASVS 5.0 15.4.2.
 *
 * @throws {StorageError}
 */
export async function claimLink(parts: ClaimLinkParts, tokenHash: string): Promise<Claiming> {
  const { links, clock, log } = parts;
  const claimId = randomUUID();
  const claimedAt = clock.now();
  const found = await links.claim(tokenHash, claimedAt, CLAIM_LEASE_MS, claimId);
  if (found.state !== 'open') return found;
  const { userId, userName } = found;
  let heldUntil = claimedAt + CLAIM_LEASE_MS;
  let isLost = false;

  function isHeld(): boolean {
    isLost ||= clock.now() >= heldUntil;
    return !isLost;
  }

  async function renew(): Promise<void> {
    if (!isHeld()) return;
    const now = clock.now();
    try {
      if (await links.renew(tokenHash, claimId, now, CLAIM_LEASE_MS)) heldUntil = now + CLAIM_LEASE_MS;
      else isLost = true;
    } catch (err) {
      log.warn({ event: 'claim-not-renewed', userId, err });
    }
  }

  async function spend(): Promise<'spent' | 'lost' | 'failed'> {
    try {
      const isSpent = await links.spend(tokenHash, claimId, clock.now());
      clearInterval(timer);
      if (!isSpent) log.error({ event: 'claim-lost', userId });
      return isSpent ? 'spent' : 'lost';
    } catch (err) {
      log.error({ event: 'link-not-spent', userId, err });
      return 'failed';
    }
  }

  let isDone = false;
  const timer = setInterval(() => {
    if (clock.now() - claimedAt > MOST_MS) clearInterval(timer);
    else void (isDone ? spend() : renew());
  }, RENEW_MS).unref();

  const link: ClaimedLink = {
    userId,
    userName,
    isHeld,
    spend() {
      isDone = true;
      return spend();
    },
    async release() {
      clearInterval(timer);
      try {
        if (!(await links.release(tokenHash, claimId))) log.warn({ event: 'claim-lost', userId });
      } catch (err) {
        log.error({ event: 'link-not-released', userId, err });
      }
    },
  };
  return { state: 'claimed', link };
}
