import { expect } from 'vitest';
import type { LoginOutcome } from '../../../injector/answers/reset-port.ts';
import { createLoginThrottle } from '../../../server/login/login-throttle.ts';
import type { Limits } from '../../../server/ports/limits.ts';
import type { Lockout } from '../../../server/ports/lockouts.ts';
import type { Places } from '../../../server/ports/places.ts';
import { createMemoryLimits } from '../../../server/storage/memory-limits.ts';
import { createMemoryPlaces } from '../../../server/storage/memory-places.ts';
import { createSettableClock } from '../clock/settable-clock.ts';
import { keepLines } from '../log/kept-lines.ts';

const MINUTE_MS = 60_000;
const HERE = '203.0.113.7';
const HOME = '192.168.1.5';

/**
 * Makes a throttle of three failures in a minute, alone, in front of accounts whose key is `#` and their name; a name that
 * begins with `?` is one of a Jellyfin whose accounts cannot be listed. `192.168.1.5` is home.
 */
export function startThrottle(
  options: { lockout?: Lockout; lan?: boolean; limits?: Limits; places?: Places } = {},
) {
  const clock = createSettableClock();
  const limits = options.limits ?? createMemoryLimits();
  const kept = keepLines();
  const jellyfin: { lockout: Lockout | undefined } = { lockout: options.lockout };
  const throttle = createLoginThrottle({
    ...{ limits, clock, log: kept.log, places: options.places ?? createMemoryPlaces() },
    lockouts: {
      of: async (_name, isFresh) =>
        jellyfin.lockout && {
          ...jellyfin.lockout,
          failures: isFresh ? jellyfin.lockout.failures : undefined,
        },
      keyOf: async (name) =>
        name.startsWith('?') ? name.toLowerCase() : `#${name.replace(/^#/, '').toLowerCase()}`,
      accountOf: async () => undefined,
    },
    settings: { lan: options.lan ?? false, failures: 3, windowMs: MINUTE_MS },
    isHome: (address) => address === HOME,
  });
  const begin = (clientAddress = HERE, name = 'ana') => throttle.begin({ name, clientAddress });
  const end = (outcome: LoginOutcome, clientAddress = HERE, name = 'ana') =>
    throttle.end({ name, clientAddress }, outcome);
  /** One attempt from beginning to end; how long it was held, if it was. */
  async function tryIt(
    outcome: LoginOutcome,
    clientAddress = HERE,
    name = 'ana',
  ): Promise<number | undefined> {
    const permission = await begin(clientAddress, name);
    if (permission.isHeld) return permission.waitSeconds;
    await end(outcome, clientAddress, name);
    return undefined;
  }
  async function fail(times: number, clientAddress = HERE, name = 'ana'): Promise<void> {
    for (let at = 0; at < times; at += 1) expect(await tryIt('failure', clientAddress, name)).toBeUndefined();
  }
  return { clock, jellyfin, throttle, kept, begin, end, tryIt, fail };
}
