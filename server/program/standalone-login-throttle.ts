import { randomBytes } from 'node:crypto';
import type { LoginThrottle } from '../../injector/answers/reset-port.ts';
import type { Config } from '../config/config.ts';
import { PROGRAM_VERSION } from '../config/version.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';
import type { Places } from '../ports/places.ts';

/** Throttles sign-ins where there is no reset service, and so no database: counts are kept in memory. */
export interface StandaloneLoginThrottle {
  /** Undefined when the configuration asks for none, or a reset service does it. Counts outlive a changed configuration. */
  of(config: Config, jellyfinCa: string | undefined): Promise<LoginThrottle | undefined>;
}

const CLOCK: Clock = { now: () => Date.now() };

/** Makes the throttle; nothing of it is loaded before a configuration asks for it. */
export function createStandaloneLoginThrottle(log: Logger): StandaloneLoginThrottle {
  let limits: Limits | undefined;
  let places: Places | undefined;
  return {
    async of(config, jellyfinCa) {
      const { jellyfin, loginThrottle, remoteReset, reset } = config;
      if (loginThrottle === undefined || reset !== undefined || remoteReset !== undefined) return undefined;
      const { createLoginThrottle } = await import('../login/login-throttle.ts');
      const { createMemoryLimits } = await import('../storage/memory-limits.ts');
      const { createMemoryPlaces } = await import('../storage/memory-places.ts');
      const { createHomeNetwork } = await import('../../injector/addresses/networks.ts');
      limits ??= createMemoryLimits();
      places ??= createMemoryPlaces();
      const lockouts = await lockoutsOf(jellyfin, loginThrottle.lockout, jellyfinCa);
      const common = { limits, places, lockouts, clock: CLOCK, log };
      return createLoginThrottle({ ...common, settings: loginThrottle, isHome: createHomeNetwork() });
    },
  };

  async function lockoutsOf(
    { url, apiKey }: Config['jellyfin'],
    presumed: number | undefined,
    ca: string | undefined,
  ) {
    const { NO_LOCKOUTS, presumeLockouts } = await import('../ports/lockouts.ts');
    if (apiKey === undefined) return presumed === undefined ? NO_LOCKOUTS : presumeLockouts(presumed);
    const { createJellyfinApi } = await import('../jellyfin/api.ts');
    const { createLockouts } = await import('../jellyfin/lockouts.ts');
    const deviceId = `gatehouse-${randomBytes(8).toString('hex')}`;
    const api = createJellyfinApi({ url, ca, apiKey, deviceId, version: PROGRAM_VERSION });
    return createLockouts({ api, clock: CLOCK, log });
  }
}
