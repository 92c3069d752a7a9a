import { createHash } from 'node:crypto';
import { clientNetwork } from '../../injector/addresses/client-network.ts';
import { AccountRefusal } from '../http/account-use-cases.ts';
import type { Clock } from '../ports/clock.ts';
import { type Limits, waitSecondsUntil } from '../ports/limits.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Every limit of My Account; what is over one is refused with `too-many-requests`. SECURITY.md names them to admins. */
export const ACCOUNT_LIMITS = {
  /** Calls of one session. */
  session: { points: 120, windowMs: MINUTE_MS },
  /** Sign-ins of a client network, of all three ways, besides what the throttle of sign-ins holds. */
  signIn: { points: 30, windowMs: MINUTE_MS },
  /** Questions of a client network that need no session. */
  open: { points: 120, windowMs: MINUTE_MS },
  /** Codes for contacts that an account asks for. */
  codesOfAccount: { points: 5, windowMs: HOUR_MS },
  /** Codes that one address gets. */
  codesOfAddress: { points: 5, windowMs: HOUR_MS },
  /** Codes that a client network asks for. */
  codesOfNetwork: { points: 20, windowMs: HOUR_MS },
  /** What one person writes to a bot; the rest is not answered. */
  botMessages: { points: 10, windowMs: MINUTE_MS },
} as const;

/** What is counted. */
export type AccountLimit = keyof typeof ACCOUNT_LIMITS;

/** Counts, and refuses. */
export interface AccountLimits {
  /** Counts one for somebody. @throws {AccountRefusal} `too-many-requests`. */
  take(limit: AccountLimit, whose: string): Promise<void>;
  /** The same for the network of a client. */
  takeOfNetwork(limit: AccountLimit, clientAddress: string): Promise<void>;
  /** Counts one; false when it is too many. */
  isWithin(limit: AccountLimit, whose: string): Promise<boolean>;
}

/** Makes the limits. Whose it is, is kept as a hash: an address, or what somebody made up. */
export function createAccountLimits(limits: Limits, clock: Clock): AccountLimits {
  const keyOf = (limit: AccountLimit, whose: string): string =>
    `account:${limit}:${createHash('sha256').update(whose).digest('hex').slice(0, 32)}`;

  async function take(limit: AccountLimit, whose: string): Promise<void> {
    const now = clock.now();
    const { isWithin, endsAt } = await limits.take(keyOf(limit, whose), ACCOUNT_LIMITS[limit], now);
    const waitSeconds = waitSecondsUntil(endsAt, now);
    if (!isWithin) throw new AccountRefusal('too-many-requests', { waitSeconds });
  }

  return {
    take,
    takeOfNetwork: (limit, clientAddress) => take(limit, clientNetwork(clientAddress)),
    async isWithin(limit, whose) {
      return (await limits.take(keyOf(limit, whose), ACCOUNT_LIMITS[limit], clock.now())).isWithin;
    },
  };
}
