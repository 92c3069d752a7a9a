import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { Limits } from '../ports/limits.ts';

/** Counts tries with tokens that never existed. */
export interface WrongTokens {
  /**
   * Counts one wrong try of an address, and tells the log of it.
   *
   * @returns Seconds to wait when there were too many, else undefined.
   */
  count(clientAddress: string): Promise<number | undefined>;
}

/** Wrong tokens a client network may try before it is told to wait. */
export const WRONG_TOKENS_PER_NETWORK = { points: 10, windowMs: 60_000 };

/** The same for everybody together. */
export const WRONG_TOKENS_IN_ALL = { points: 600, windowMs: 60_000 };

/**
 * Makes the counter. Only wrong tokens are counted and only they are refused: a good link works from an address that
 * guesses, too, since a neighbour may share it, and while the whole world guesses. Guessing 256 bits is hopeless; this
 * keeps the noise down. Source: OWASP O24; ASVS 5.0 6.6.3.
 */
export function createWrongTokens(limits: Limits, clock: Clock, log: Logger): WrongTokens {
  return {
    async count(clientAddress) {
      const now = clock.now();
      const ofNetwork = await limits.take(
        `token:${clientNetwork(clientAddress)}`,
        WRONG_TOKENS_PER_NETWORK,
        now,
      );
      const ofAll = await limits.take('token:everybody', WRONG_TOKENS_IN_ALL, now);
      const isWithin = ofNetwork.isWithin && ofAll.isWithin;
      log.info({ event: 'link-refused', clientAddress, state: isWithin ? 'unknown' : 'limited' });
      if (isWithin) return undefined;
      const endsAt = ofNetwork.isWithin ? ofAll.endsAt : ofNetwork.endsAt;
      return Math.max(1, Math.ceil((endsAt - now) / 1000));
    },
  };
}
