import { pickLanguage } from '../../injector/kit/translations.ts';
import type { Logger } from '../log.ts';
import type { AskSource, OutboxStore } from '../outbox/outbox-store.ts';
import type { Clock, Limiter } from '../ports.ts';
import { clientNetwork } from './client-network.ts';

/** How many requests may wait to be looked at; a flood from many addresses ends there. */
export const MAX_WAITING_REQUESTS = 10_000;

/** Longest name that is taken down, in characters. */
const MAX_IDENTIFIER = 256;

/** Somebody asked for a message. */
export interface Ask {
  /** As typed: a user name; from the account page a user name or a mail address. Cut at 256 characters. */
  readonly identifier: string;
  /** One valid IP address. */
  readonly clientAddress: string;
  /** The `Accept-Language` header, for the language of the message. */
  readonly acceptLanguage: string | undefined;
  readonly source: AskSource;
}

/** The use case behind Jellyfin's form and the account page. */
export interface AskReset {
  /**
   * Takes the request down durably and resolves. The work is the same for every name, nothing is looked up before;
   * what is over a limit is dropped in silence. Source: OWASP O1, O2, O10.
   *
   * @throws {StorageError} when it cannot be kept; the same for every name.
   */
  ask(asked: Ask): Promise<void>;
}

/**
 * Makes the use case.
 *
 * @param deps.limiter Allowance of one client network (IPv4 address or IPv6 /64).
 * @param deps.wake Called after a request was kept; `wake` of the outbox.
 */
export function createAskReset(deps: {
  readonly store: Pick<OutboxStore, 'addAsked'>;
  readonly limiter: Limiter;
  readonly wake: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}): AskReset {
  const { store, limiter, wake, clock, log } = deps;
  return {
    ask: async ({ identifier, clientAddress, acceptLanguage, source }) => {
      if (!(await limiter.take(clientNetwork(clientAddress)))) {
        log.warn({ event: 'reset-limited', limit: 'client', clientAddress, source });
        return;
      }
      const asked = {
        identifier: identifier.slice(0, MAX_IDENTIFIER),
        source,
        language: pickLanguage(acceptLanguage),
        clientAddress,
      };
      try {
        const askedId = await store.addAsked(asked, clock.now(), MAX_WAITING_REQUESTS);
        if (askedId === undefined) {
          log.error({ event: 'reset-limited', limit: 'waiting', clientAddress, source });
          return;
        }
        log.info({ event: 'reset-asked', askedId, clientAddress, source });
      } catch (error) {
        log.error({ event: 'reset-lost', clientAddress, source, err: error });
        throw error;
      }
      wake();
    },
  };
}
