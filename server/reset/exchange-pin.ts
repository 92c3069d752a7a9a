import { clientNetwork } from '../../injector/addresses/client-network.ts';
import type { ExchangePin } from '../http/use-cases.ts';
import type { Logger } from '../log/log.ts';
import type { Clock } from '../ports/clock.ts';
import { type Limits, waitSecondsUntil } from '../ports/limits.ts';
import type { LinkState, ResetLinks } from '../ports/reset-links.ts';
import { readPin } from '../secrets/pin.ts';
import { createToken, hashToken } from '../secrets/token.ts';

/** How long the link works that a PIN was exchanged for, in milliseconds: long enough to think of a password. */
export const EXCHANGED_LINK_MS = 10 * 60_000;

/** Wrong PINs one client network may send before it is told to wait. Source: OWASP O24. */
export const WRONG_PER_NETWORK = { points: 10, windowMs: 60_000 };

/** Wrong PINs in a row from everywhere, with no good one between. Source: NIST SP 800-63B-4 section 3.2.2. */
export const WRONG_IN_ALL = { points: 100, windowMs: 60 * 60_000 };
const EVERYBODY = 'pin:everybody';

/** What exchanging a PIN needs of the world. */
export interface ExchangePinParts {
  readonly links: Pick<ResetLinks, 'exchange'>;
  readonly limits: Limits;
  /** Hash under which PINs are kept; see `createPinHash`. */
  readonly hashPin: (pin: string) => string;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Makes the use case. Only wrong PINs are counted and only they are refused for their number: a good one works from a
 * network that guesses, too, since a neighbour may share it, and while the whole world guesses. Nobody guesses 80 bits;
 * the limits keep the noise down and make it seen.
 */
export function createExchangePin({ links, limits, hashPin, clock, log }: ExchangePinParts): ExchangePin {
  /** Counts a wrong PIN; answers the seconds to wait when there were too many. */
  async function count(
    clientAddress: string,
  ): Promise<{ waitSeconds: number; isFirst: boolean } | undefined> {
    const now = clock.now();
    const network = await limits.take(`pin:${clientNetwork(clientAddress)}`, WRONG_PER_NETWORK, now);
    const all = await limits.take(EVERYBODY, WRONG_IN_ALL, now);
    if (network.isWithin && all.isWithin) return undefined;
    const endsAt = network.isWithin ? all.endsAt : network.endsAt;
    const isFirst = network.isWithin
      ? all.used === WRONG_IN_ALL.points + 1
      : network.used === WRONG_PER_NETWORK.points + 1;
    return { isFirst, waitSeconds: waitSecondsUntil(endsAt, now) };
  }

  return {
    async exchange({ pin: typed, clientAddress }) {
      const pin = readPin(typed);
      const token = createToken();
      const now = clock.now();
      const link = { tokenHash: hashToken(token), expiresAt: now + EXCHANGED_LINK_MS };
      const found: LinkState =
        pin === undefined ? { state: 'unknown' } : await links.exchange(hashPin(pin), link, now);
      if (found.state === 'open') {
        log.info({ event: 'pin-accepted', userId: found.userId, clientAddress });
        await limits.clear(EVERYBODY);
        return { kind: 'accepted', userName: found.userName, token };
      }
      const { state } = found;
      // Whoever holds a PIN that was good once guesses nothing.
      const limited = state === 'unknown' ? await count(clientAddress) : undefined;
      if (limited === undefined) {
        log.info({ event: 'pin-refused', state, clientAddress });
        return { kind: 'wrong', state };
      }
      // One line for a flood; each is counted and, as far as there is room, in the audit table.
      log[limited.isFirst ? 'warn' : 'debug']({ event: 'pin-refused', state: 'limited', clientAddress });
      return { kind: 'limited', waitSeconds: limited.waitSeconds };
    },
  };
}
