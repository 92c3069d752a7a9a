import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limiter } from '../ports.ts';

/**
 * A limiter that counts in memory: forgets on a restart, knows one process only.
 *
 * @param options.points How many takes a key has in a window.
 * @param options.windowMs Length of the window, which begins with a key's first take.
 */
export function createMemoryLimiter(options: {
  readonly points: number;
  readonly windowMs: number;
}): Limiter {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.windowMs / 1000 });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
        return true;
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return false;
        throw refusal;
      }
    },
  };
}
