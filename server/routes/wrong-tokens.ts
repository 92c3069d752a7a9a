import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts tries with tokens that never existed. */
export interface WrongTokens {
  /**
   * Counts one wrong try of an address.
   *
   * @returns Seconds to wait when there were too many, else undefined.
   */
  count(clientAddress: string): Promise<number | undefined>;
}

/** The first 64 bits of an IPv6 address, which is what one household or host has; IPv4 addresses as they are. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/**
 * Makes the counter. Only wrong tokens are counted and only they are refused: a good link works from an address that
 * guesses, too, since a neighbour may share it. Guessing 256 bits is hopeless; this keeps the noise down.
 *
 * @param perMinute Wrong tokens an address may try in a minute, default 10.
 * Source: OWASP O24; ASVS 5.0 6.6.3.
 */
export function createWrongTokens(perMinute = 10): WrongTokens {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    async count(clientAddress) {
      try {
        await limiter.consume(networkOf(clientAddress));
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      }
    },
  };
}
