import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Lockouts, NamedAccount } from '../ports/lockouts.ts';
import { createAccountBudget } from './account-budget.ts';
import { createFailedAttempts } from './failed-attempts.ts';
import { keysOf, type LoginThrottleSettings } from './login-throttle.ts';

/** A client network from which sign-ins to an account failed. */
export interface HeldNetwork {
  /** As `clientNetwork` says it. */
  readonly network: string;
  /** Until when sign-ins to the account from there are held, in ms since 1970; undefined: they are not. */
  readonly heldUntil: number | undefined;
}

/** What holds sign-ins to one account back. Every method rejects with a StorageError. */
export interface SignInLimits {
  /** @param addresses Client addresses, whose networks are looked at. */
  networksOf(account: NamedAccount, addresses: readonly string[]): Promise<readonly HeldNetwork[]>;
  /** How many failed sign-ins count towards the lockout; networks that are not known to the account are held near it. */
  failuresOf(account: NamedAccount): Promise<number>;
  /** Counts all of it from 0 again. What a network did to other accounts stays. */
  forget(account: NamedAccount, addresses: readonly string[]): Promise<void>;
}

/** Makes it over what the throttle counts. */
export function createSignInLimits(parts: {
  readonly limits: Limits;
  readonly lockouts: Lockouts;
  readonly settings: Pick<LoginThrottleSettings, 'failures' | 'windowMs'>;
  readonly clock: Clock;
}): SignInLimits {
  const { limits, lockouts, clock } = parts;
  const { failures, windowMs } = parts.settings;
  const budget = createAccountBudget({ limits, lockouts, clock });
  const attempts = createFailedAttempts(limits, clock, { failures, windowMs });

  /** Where accounts cannot be listed, sign-ins are counted under the name. */
  async function keysFor({ userId, userName }: NamedAccount, addresses: readonly string[]) {
    const own = `#${userId}`;
    const known = await lockouts.keyOf(userName);
    const all = (known.startsWith('#') ? [own] : [own, known]).flatMap((who) =>
      addresses.map((address) => keysOf(who, address)),
    );
    return [...new Map(all.map((keys) => [keys.pair, keys])).values()];
  }
  const NOWHERE = ['0.0.0.0'];

  return {
    async networksOf(account, addresses) {
      const found = new Map<string, number | undefined>();
      for (const { network, pair } of await keysFor(account, addresses)) {
        const until = await attempts.heldUntil(pair, 0);
        found.set(network, Math.max(until ?? 0, found.get(network) ?? 0) || undefined);
      }
      return [...found].map(([network, heldUntil]) => ({ network, heldUntil }));
    },
    async failuresOf(account) {
      const counts = (await keysFor(account, NOWHERE)).map((keys) => budget.used(keys.account));
      return Math.max(...(await Promise.all(counts)));
    },
    async forget(account, addresses) {
      for (const { pair } of await keysFor(account, addresses)) await attempts.forget(pair);
      for (const keys of await keysFor(account, NOWHERE)) await budget.forget(keys.account);
    },
  };
}
