import { createHash } from 'node:crypto';
import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { LoginAttempt, LoginThrottle } from '../../injector/answers/reset-port.ts';
import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Lockouts } from '../ports/lockouts.ts';
import { createAccountBudget, createInFlight } from './account-budget.ts';
import { createFailedAttempts } from './failed-attempts.ts';

/** What of the configuration the throttle goes by. */
export interface LoginThrottleSettings {
  /** True to throttle the home network too. */
  readonly lan: boolean;
  /** Wrong passwords for one account from one network until the first wait. */
  readonly failures: number;
  readonly windowMs: number;
}

/** The throttle, with what a reset does to it. */
export interface OwnLoginThrottle extends LoginThrottle {
  /**
   * The owner has proved who they are: opens the account to their network, and counts anew for all others. Never throws.
   */
  forgive(owner: ProvedOwner): Promise<void>;
}

/** Somebody who has proved to own an account. */
export interface ProvedOwner {
  readonly userId: string;
  /** What the account is called now; undefined when nobody can say. A name that another account has is left alone. */
  readonly userName: string | undefined;
  readonly clientAddress: string;
}

/** Wrong passwords a network may try over all names, as a multiple of those for one. */
export const NAMES_FACTOR = 4;

/** How long a network counts as known to an account after a sign-in from it. */
export const KNOWN_NETWORK_MS = 90 * 24 * 60 * 60_000;

/**
 * Makes the throttle. Three things hold a sign-in back, all counted by what Jellyfin answers: wrong passwords of this
 * network for this account, and of this network for whatever accounts, both with growing waits; and, for an account that
 * Jellyfin would lock, wrong passwords from anywhere, which hold all networks but those it was signed in to from before.
 * A name that does not exist is counted like any other. Source: ASVS 5.0 6.1.1, 6.3.1.
 */
export function createLoginThrottle(parts: {
  readonly limits: Limits;
  readonly lockouts: Lockouts;
  readonly settings: LoginThrottleSettings;
  /** Whether an address is on the home network. */
  readonly isHome: (address: string) => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}): OwnLoginThrottle {
  const { limits, lockouts, settings, isHome, clock, log } = parts;
  const inFlight = createInFlight(clock);
  const budget = createAccountBudget({ limits, lockouts, clock });
  const perNetwork = createOneAtATime();
  const { failures, windowMs } = settings;
  const ofAccount = createFailedAttempts(limits, clock, { failures, windowMs });
  const ofNetwork = createFailedAttempts(limits, clock, { failures: failures * NAMES_FACTOR, windowMs });

  const knownOf = (account: string, network: string): string => `${account}:${network}:known`;
  async function markKnown(account: string, network: string): Promise<void> {
    await limits.clear(knownOf(account, network));
    const allowance = { points: 1, windowMs: KNOWN_NETWORK_MS };
    await limits.take(knownOf(account, network), allowance, clock.now());
  }
  const isKnown = async (account: string, network: string): Promise<boolean> =>
    (await limits.read(knownOf(account, network), clock.now(), KNOWN_NETWORK_MS)).used > 0;

  /**
   * Until when this attempt is held, 0 when time alone does not help; undefined when it may be made, and then it is in
   * flight. One at a time for a network, so that of many at once no more are let through than may fail.
   */
  const admit = (name: string, keys: Keys): Promise<number | undefined> =>
    perNetwork.run(keys.network, async () => {
      const { account, network, pair, everyName } = keys;
      const until =
        (await ofAccount.heldUntil(pair, inFlight.count(pair))) ??
        (await ofNetwork.heldUntil(everyName, inFlight.count(everyName)));
      if (until !== undefined) return until;
      for (const key of [pair, everyName]) inFlight.begin(key);
      try {
        if (await isKnown(account, network)) return undefined;
        if (await budget.take(name, account)) return undefined;
      } catch (error) {
        // Without the store nothing is held back, so this one is under way.
        log.error({ event: 'login-throttle-failed', what: 'budget', err: error });
        return undefined;
      }
      for (const key of [pair, everyName]) inFlight.end(key);
      return 0;
    });

  async function keysFor({ name, clientAddress }: LoginAttempt): Promise<Keys> {
    return keysOf(await lockouts.keyOf(name), clientAddress);
  }

  async function guard(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (err) {
      log.error({ event: 'login-throttle-failed', what, err });
    }
  }

  return {
    async begin(asked) {
      const { clientAddress, name } = asked;
      if (!settings.lan && isHome(clientAddress)) return { isHeld: false };
      const keys = await keysFor(asked);
      let until: number | undefined;
      await guard('begin', async () => {
        until = await admit(name, keys);
      });
      if (until === undefined) return { isHeld: false };
      const waitSeconds = until === 0 ? 0 : Math.max(1, Math.ceil((until - clock.now()) / 1000));
      log.warn({ event: 'login-held', clientAddress, waitSeconds });
      return { isHeld: true, waitSeconds };
    },
    end: (asked, outcome) =>
      guard('end', async () => {
        const { clientAddress, name } = asked;
        const { account, network, pair, everyName } = await keysFor(asked);
        const isCounted = settings.lan || !isHome(clientAddress);
        if (isCounted) for (const key of [pair, everyName]) inFlight.end(key);
        if (outcome === 'neither') return;
        const isStranger = isCounted && !(await isKnown(account, network));
        if (outcome === 'success') {
          if (isCounted) {
            await ofAccount.forget(pair);
            await markKnown(account, network);
          }
          return budget.synchronize(name, account, isStranger);
        }
        if (isCounted) {
          const isHeldNow = [await ofAccount.fail(pair), await ofNetwork.fail(everyName)].includes(true);
          log.info({ event: 'login-failed', clientAddress, isHeldNow });
        }
        // A stranger's failure was taken from the budget before it was made.
        if (!isStranger) await budget.note(name, account);
      }),
    forgive: ({ userId, userName, clientAddress }) =>
      guard('forgive', async () => {
        const own = `#${userId}`;
        const known = userName === undefined ? own : await lockouts.keyOf(userName);
        // Where accounts cannot be listed, sign-ins are counted under the name; another id is somebody else's.
        for (const key of known.startsWith('#') ? [own] : [own, known]) {
          const { account, network, pair } = keysOf(key, clientAddress);
          await ofAccount.forget(pair);
          await markKnown(account, network);
          await budget.synchronize(key, account, false);
        }
      }),
  };
}

/** What an attempt is counted under. */
interface Keys {
  readonly account: string;
  readonly network: string;
  readonly pair: string;
  readonly everyName: string;
}

/**
 * The name is hashed, which keeps keys short whatever was typed, and out of the table: people type passwords into the
 * wrong field.
 *
 * @param who From `Lockouts.keyOf`.
 */
function keysOf(who: string, clientAddress: string): Keys {
  const network = clientNetwork(clientAddress);
  const digest = createHash('sha256').update(who).digest('hex');
  const account = `login:${digest.slice(0, 32)}`;
  return { account, network, pair: `${account}:${network}`, everyName: `login:*:${network}` };
}
