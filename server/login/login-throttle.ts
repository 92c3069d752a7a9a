import { createHash, randomUUID } from 'node:crypto';
import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { LoginAttempt, LoginOutcome, LoginThrottle } from '../../injector/answers/reset-port.ts';
import { createOneAtATime } from '../concurrency/one-at-a-time.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import { type Limits, waitSecondsUntil } from '../ports/limits.ts';
import type { Lockouts } from '../ports/lockouts.ts';
import type { Places } from '../ports/places.ts';
import { createAccountBudget } from './account-budget.ts';
import { createFailedAttempts, type FailedAttempts } from './failed-attempts.ts';

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

/** Beyond this an attempt counts as over though nobody said so: whoever asked has died. */
const LONGEST_ATTEMPT_MS = 60_000;

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
  /** Sign-ins under way. */
  readonly places: Places;
  readonly lockouts: Lockouts;
  readonly settings: LoginThrottleSettings;
  /** Whether an address is on the home network. */
  readonly isHome: (address: string) => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}): OwnLoginThrottle {
  const { limits, places, lockouts, settings, isHome, clock, log } = parts;
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
   * Until when an attempt for the key is held; undefined: it is under way, in a place of its own. The place is taken before
   * failures are looked at, and left after one was counted: so no two processes overlook an attempt of each other.
   */
  async function enter(attempts: FailedAttempts, key: string): Promise<number | undefined> {
    const held = await attempts.heldUntil(key, 0);
    if (held !== undefined) return held;
    const now = clock.now();
    const place = { holder: randomUUID(), most: attempts.failures, until: now + LONGEST_ATTEMPT_MS };
    const taken = await places.take(key, place, now);
    const until = await attempts.heldUntil(key, taken === undefined ? attempts.failures : taken - 1);
    if (until !== undefined && taken !== undefined) await places.leave(key, place.holder);
    return until;
  }

  const leave = async (keys: readonly string[]): Promise<void> => {
    for (const key of keys) await places.leave(key);
  };

  /**
   * Until when this attempt is held, 0 when time alone does not help; undefined when it may be made, and then it is under
   * way. One at a time for a network, so that a crowd from one does not crowd the store.
   */
  const admit = (name: string, keys: Keys): Promise<number | undefined> =>
    perNetwork.run(keys.network, async () => {
      const { account, network, pair, everyName } = keys;
      const ofPair = await enter(ofAccount, pair);
      if (ofPair !== undefined) return ofPair;
      const ofAll = await enter(ofNetwork, everyName);
      if (ofAll !== undefined) {
        await leave([pair]);
        return ofAll;
      }
      try {
        if (await isKnown(account, network)) return undefined;
        if (await budget.take(name, account)) return undefined;
      } catch (error) {
        // Without the store nothing is held back, so this one is under way.
        log.error({ event: 'login-throttle-failed', what: 'budget', err: error });
        return undefined;
      }
      await leave([pair, everyName]);
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

  /** Counts what became of an attempt. */
  async function conclude(
    { clientAddress, name }: LoginAttempt,
    outcome: LoginOutcome,
    { account, network, pair, everyName }: Keys,
    isCounted: boolean,
  ): Promise<void> {
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
      log.info({ event: 'login-failed', clientAddress, ...(await lockouts.accountOf(name)), isHeldNow });
    }
    // A stranger's failure was taken from the budget before it was made.
    if (!isStranger) await budget.note(name, account);
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
      const waitSeconds = until === 0 ? 0 : waitSecondsUntil(until, clock.now());
      log.warn({ event: 'login-held', clientAddress, ...(await lockouts.accountOf(name)), waitSeconds });
      return { isHeld: true, waitSeconds };
    },
    end: (asked, outcome) =>
      guard('end', async () => {
        const keys = await keysFor(asked);
        const isCounted = settings.lan || !isHome(asked.clientAddress);
        if (!isCounted) return conclude(asked, outcome, keys, false);
        await perNetwork.run(keys.network, async () => {
          try {
            await conclude(asked, outcome, keys, true);
          } finally {
            await leave([keys.pair, keys.everyName]);
          }
        });
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
export interface Keys {
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
export function keysOf(who: string, clientAddress: string): Keys {
  const network = clientNetwork(clientAddress);
  const digest = createHash('sha256').update(who).digest('hex');
  const account = `login:${digest.slice(0, 32)}`;
  return { account, network, pair: `${account}:${network}`, everyName: `login:*:${network}` };
}
