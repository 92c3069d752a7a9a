import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import { type Limits, waitSecondsUntil } from '../ports/limits.ts';

/** Counts guesses: tries with tokens that never existed, and wrong codes for links that need one. */
export interface WrongTokens {
  /**
   * Counts one wrong try of an address, and tells the log of it.
   *
   * @param isTold Whether the log knows of it already, as of wrong codes; then it hears only that there were too many. @default false
   * @returns Seconds to wait when there were too many, else undefined.
   */
  count(clientAddress: string, isTold?: boolean): Promise<number | undefined>;
}

/** Wrong tokens, and codes, that a client network may try before it is told to wait. */
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
    async count(clientAddress, isTold = false) {
      const now = clock.now();
      const ofNetwork = await limits.take(
        `token:${clientNetwork(clientAddress)}`,
        WRONG_TOKENS_PER_NETWORK,
        now,
      );
      const ofAll = await limits.take('token:everybody', WRONG_TOKENS_IN_ALL, now);
      const isWithin = ofNetwork.isWithin && ofAll.isWithin;
      const state = isWithin ? 'unknown' : 'limited';
      if (!isWithin || !isTold) log.info({ event: 'link-refused', clientAddress, state });
      if (isWithin) return undefined;
      const endsAt = ofNetwork.isWithin ? ofAll.endsAt : ofNetwork.endsAt;
      return waitSecondsUntil(endsAt, now);
    },
  };
}
